//! Rows that are exact copies of an earlier row.

use std::collections::HashSet;

use foldhash::fast::RandomState;

/// How many rows are remembered. Beyond it only those whose hash ends in a number of zeros are, and copies are estimated
/// from theirs: a file that was joined from two exports of the same days is noticed, however long it is. So many just
/// fit into a table of hashes, which is filled to 7/8.
const MOST: usize = 7 << 15;

/// Finds copies of rows by the hashes of the rows, in bounded memory.
#[derive(Debug, Default)]
pub(crate) struct Duplicates {
    seen: HashSet<u64, RandomState>,
    level: u32,
    copies: u64,
}

impl Duplicates {
    /// Takes a row; true if it is a copy of an earlier one.
    #[inline]
    pub fn is_copy(&mut self, row: u64) -> bool {
        if row.trailing_zeros() < self.level {
            return false;
        }
        if self.seen.contains(&row) {
            self.copies += 1 << self.level;
            return true;
        }
        if self.seen.len() == MOST {
            self.level += 1;
            let level = self.level;
            self.seen.retain(|row| row.trailing_zeros() >= level);
        }
        self.seen.insert(row);
        false
    }

    /// How many copies there are.
    pub fn count(&self) -> u64 {
        self.copies
    }

    /// Whether the count is an estimate.
    pub fn is_estimated(&self) -> bool {
        self.level > 0
    }
}

#[cfg(test)]
mod tests {
    use super::super::distinct::hash;
    use super::*;

    fn rows(numbers: impl Iterator<Item = u64>) -> Duplicates {
        let mut duplicates = Duplicates::default();
        for number in numbers {
            duplicates.is_copy(hash(&number.to_le_bytes()));
        }
        duplicates
    }

    #[test]
    fn copies_are_counted() {
        let few = rows([1, 2, 1, 3, 1].into_iter());
        assert_eq!((few.count(), few.is_estimated()), (2, false));
    }

    #[test]
    fn copies_of_very_many_rows_are_estimated() {
        let many = rows((0..1_000_000).chain(0..1_000_000));
        assert!(many.is_estimated() && many.seen.len() <= MOST);
        let off = (many.count() as f64 / 1e6 - 1.0).abs();
        assert!(off < 0.05, "{off}");
        assert_eq!(rows(0..1_000_000).count(), 0);
    }
}
