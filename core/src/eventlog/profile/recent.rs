//! Values that were seen a moment ago, which in most logs nearly all values are.

/// Remembers hashes, the last two for each place: a place is the lower half of a hash, and what is remembered there the
/// upper half. Two hashes share both once in billions.
#[derive(Clone, Debug)]
pub(crate) struct Recent(Box<[[u32; 2]]>);

impl Recent {
    /// With so many places, a power of two.
    pub fn new(places: usize) -> Self {
        Self(vec![[0; 2]; places].into())
    }

    /// Takes a hash; true if it is not one of those that were taken last for its place.
    #[inline]
    pub fn is_new(&mut self, hash: u64) -> bool {
        let mark = (hash >> 32) as u32;
        let Some([last, before]) = self.place(hash) else { return true };
        if *last == mark {
            return false;
        }
        std::mem::replace(before, std::mem::replace(last, mark)) != mark
    }

    /// The hash is new the next time.
    pub fn forget(&mut self, hash: u64) {
        let mark = (hash >> 32) as u32;
        for seen in self.place(hash).into_iter().flatten().filter(|seen| **seen == mark) {
            *seen = !mark;
        }
    }

    #[inline]
    fn place(&mut self, hash: u64) -> Option<&mut [u32; 2]> {
        let mask = self.0.len().wrapping_sub(1);
        self.0.get_mut(hash as usize & mask)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_new_until_they_are_taken() {
        let [one, two, three] = [7, 8, 9].map(|upper: u64| upper << 32 | 5);
        let mut recent = Recent::new(4);
        let seen = [one, one, two, one, two, three, two, one].map(|hash| recent.is_new(hash));
        assert_eq!(seen, [true, false, true, false, false, true, false, true]);
        recent.forget(one);
        assert!(recent.is_new(one) && !recent.is_new(one));
    }
}
