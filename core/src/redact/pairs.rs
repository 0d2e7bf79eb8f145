//! Which bytes stand beside each other in secrets.

/// A set of pairs of bytes, in which capital letters do not matter.
#[derive(Clone)]
pub(super) struct Pairs {
    /// A bit for each pair.
    bits: [u64; 1024],
}

impl Pairs {
    /// Adds the neighbours in a text.
    pub fn add(&mut self, text: &[u8]) {
        for (first, second) in text.iter().zip(text.iter().skip(1)) {
            let (word, bit) = place(*first, *second);
            if let Some(word) = self.bits.get_mut(word) {
                *word |= bit;
            }
        }
    }

    /// Whether the byte at a place of a text and the one before it are a pair.
    pub fn are_at(&self, text: &[u8], at: usize) -> bool {
        let Some([first, second]) = at.checked_sub(1).and_then(|before| text.get(before..=at)) else {
            return false;
        };
        let (word, bit) = place(*first, *second);
        self.bits.get(word).is_some_and(|word| word & bit != 0)
    }
}

impl Default for Pairs {
    fn default() -> Self {
        Self { bits: [0; 1024] }
    }
}

fn place(first: u8, second: u8) -> (usize, u64) {
    let pair = u16::from_be_bytes([first.to_ascii_lowercase(), second.to_ascii_lowercase()]);
    (usize::from(pair / 64), 1 << (pair % 64))
}
