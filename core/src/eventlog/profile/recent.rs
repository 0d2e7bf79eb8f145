//! Values that were seen a moment ago, which in most logs nearly all values are.

/// Remembers hashes: the upper half of each, at the place that its lower half gives. Two share both halves once in
/// billions.
#[derive(Clone, Debug)]
pub(crate) struct Recent(Box<[u32]>);

impl Recent {
    /// With so many places, a power of two, or none.
    pub fn new(places: usize) -> Self {
        Self(vec![0; places].into())
    }

    /// Takes a hash; true if it is not the last one that was taken for its place.
    #[inline]
    pub fn is_new(&mut self, hash: u64) -> bool {
        let mark = (hash >> 32) as u32;
        self.place(hash).is_none_or(|seen| std::mem::replace(seen, mark) != mark)
    }

    /// The hash is new the next time.
    pub fn forget(&mut self, hash: u64) {
        if let Some(seen) = self.place(hash) {
            *seen = !(hash >> 32) as u32;
        }
    }

    #[inline]
    fn place(&mut self, hash: u64) -> Option<&mut u32> {
        let mask = self.0.len().wrapping_sub(1);
        self.0.get_mut(hash as usize & mask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_new_until_they_are_taken() {
        let (one, same_place) = (7 << 32 | 1, 8 << 32 | 5);
        let mut recent = Recent::new(4);
        assert_eq!(
            [one, one, same_place, one, one].map(|hash| recent.is_new(hash)),
            [true, false, true, true, false]
        );
        recent.forget(one);
        assert!(recent.is_new(one));
        let mut none = Recent::new(0);
        assert!(none.is_new(one) && none.is_new(one));
    }
}
