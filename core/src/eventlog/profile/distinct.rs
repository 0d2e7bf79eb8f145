//! How many different values a column has: counted while they are few, estimated beyond.

use std::collections::HashSet;
use std::hash::{BuildHasher, Hasher};

use foldhash::fast::RandomState;
use foldhash::quality::FixedState;

/// How a column is counted: up to how many values exactly, and then with how many registers, as a power of two.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Precision {
    few: usize,
    bits: u32,
}

/// About 1.6 % off.
const FINE: Precision = Precision { few: 512, bits: 12 };
/// About 6.5 % off, for tables with so many columns that fine counts would take up the memory.
const COARSE: Precision = Precision { few: 32, bits: 8 };
const NARROW: usize = 256;

/// The hash of a value. It is the same in every run, and so are the estimates that are made from it.
#[inline]
pub(crate) fn hash(value: &[u8]) -> u64 {
    let mut hasher = FixedState::with_seed(0x9e37_79b9_7f4a_7c15).build_hasher();
    hasher.write(value);
    hasher.finish()
}

/// Counts different hashes.
#[derive(Clone, Debug)]
pub(crate) enum Distinct {
    /// All of them. The table is seeded anew in every run: no file can be made that fills one bucket.
    Few(HashSet<u64, RandomState>, Precision),
    /// The registers of a HyperLogLog.
    Many(Box<[u8]>),
}

impl Distinct {
    /// For one of so many columns.
    pub fn new(columns: usize) -> Self {
        Self::Few(HashSet::default(), if columns <= NARROW { FINE } else { COARSE })
    }

    /// Takes a value; false if it is one of few that are all known.
    #[inline]
    pub fn insert(&mut self, hash: u64) -> bool {
        match self {
            Self::Many(registers) => raise(registers, hash),
            Self::Few(all, _) if all.contains(&hash) => return false,
            Self::Few(..) => self.insert_new(hash),
        }
        true
    }

    #[cold]
    fn insert_new(&mut self, hash: u64) {
        let Self::Few(all, precision) = self else { return };
        all.insert(hash);
        if all.len() > precision.few {
            let mut registers = vec![0; 1 << precision.bits].into_boxed_slice();
            all.iter().for_each(|hash| raise(&mut registers, *hash));
            *self = Self::Many(registers);
        }
    }

    /// Adds what another count of the same column has seen.
    pub fn merge(&mut self, other: Self) {
        match (&mut *self, other) {
            (_, Self::Few(all, _)) => all.into_iter().for_each(|hash| _ = self.insert(hash)),
            (Self::Few(..), many @ Self::Many(_)) => {
                let few = std::mem::replace(self, many);
                self.merge(few);
            }
            (Self::Many(own), Self::Many(other)) => {
                own.iter_mut().zip(other).for_each(|(own, other)| *own = (*own).max(other));
            }
        }
    }

    pub fn count(&self) -> u64 {
        match self {
            Self::Few(all, _) => all.len() as u64,
            Self::Many(registers) => estimate(registers),
        }
    }
}

/// The first bits of a hash choose a register, which keeps the longest run of zeros of the rest.
#[inline]
fn raise(registers: &mut [u8], hash: u64) {
    let bits = registers.len().trailing_zeros();
    let (place, rest) = (hash >> (64 - bits), (hash << bits) | 1);
    let run = u8::try_from(rest.leading_zeros() + 1).unwrap_or(u8::MAX);
    if let Some(register) = usize::try_from(place).ok().and_then(|place| registers.get_mut(place)) {
        *register = run.max(*register);
    }
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "it is an estimate"
)]
fn estimate(registers: &[u8]) -> u64 {
    let size = registers.len() as f64;
    let alpha = 0.7213 / (1.0 + 1.079 / size);
    let sum: f64 = registers.iter().map(|run| (-f64::from(*run)).exp2()).sum();
    let raw = alpha * size * size / sum;
    let empty = registers.iter().filter(|run| **run == 0).count();
    // While many registers are empty, how many says more.
    let counted = if raw <= 2.5 * size && empty > 0 { size * (size / empty as f64).ln() } else { raw };
    counted.round() as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(values: impl IntoIterator<Item = u32>, columns: usize) -> u64 {
        let mut distinct = Distinct::new(columns);
        values.into_iter().for_each(|value| _ = distinct.insert(hash(&value.to_le_bytes())));
        distinct.count()
    }

    #[test]
    fn few_are_counted_and_many_are_estimated() {
        assert_eq!(count((0..5000).map(|value| value % 500), 10), 500);
        for (values, columns, off) in [(1000_u32, 10, 0.05), (200_000, 10, 0.05), (200_000, 1000, 0.2)] {
            let error = (count(0..values, columns) as f64 / f64::from(values) - 1.0).abs();
            assert!(error < off, "{values} of {columns}: {error}");
        }
    }

    #[test]
    fn counts_add_up() {
        for (left, right) in
            [(0..300, 200..400), (0..300, 100..9000), (0..9000, 200..300), (0..9000, 5000..20_000)]
        {
            let of = |range: std::ops::Range<u32>| {
                let mut distinct = Distinct::new(10);
                range.for_each(|value| _ = distinct.insert(hash(&value.to_le_bytes())));
                distinct
            };
            let mut merged = of(left.clone());
            merged.merge(of(right.clone()));
            assert_eq!(merged.count(), count(left.chain(right), 10));
        }
    }
}
