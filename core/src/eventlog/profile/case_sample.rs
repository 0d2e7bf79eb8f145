//! Whole cases of a log that is too long to keep: where the file contradicts its head, the roles are decided by these.

use std::ops::Range;

use super::sample::Sample;

/// What is kept for each column that may hold the case; two workers keep as much each.
const MOST_ROWS: usize = 2000;
const MOST_BYTES: usize = 256 << 10;
/// A column with so few values that a finer sample would leave next to nothing keeps its first rows.
const FEWEST_ROWS: usize = MOST_ROWS / 5;

/// Keeps whole cases for each of a few columns.
#[derive(Debug, Default)]
pub(crate) struct CaseSampler(Vec<Kept>);

/// Rows whose value in a column has a hash that ends in a number of zeros: all the rows of some cases.
#[derive(Debug)]
struct Kept {
    column: usize,
    /// A row is kept if its hash has none of these bits.
    mask: u64,
    is_full: bool,
    rows: Rows,
}

/// Rows, one behind the other in one buffer.
#[derive(Debug, Default)]
struct Rows {
    bytes: Vec<u8>,
    /// Where each value ends, counted from the start of its row.
    ends: Vec<u32>,
    rows: Vec<Row>,
}

#[derive(Clone, Debug)]
struct Row {
    /// Where it stands in the file.
    order: u64,
    hash: u64,
    bytes: Range<usize>,
    ends: Range<usize>,
}

impl CaseSampler {
    pub fn new(candidates: &[usize]) -> Self {
        let kept = |column: &usize| Kept { column: *column, mask: 0, is_full: false, rows: Rows::default() };
        Self(candidates.iter().map(kept).collect())
    }

    /// The columns by whose values cases are kept.
    pub fn columns(&self) -> Vec<usize> {
        self.0.iter().map(|kept| kept.column).collect()
    }

    /// The columns whose values are sampled, and which hashes are kept of each.
    pub fn masks(&self) -> impl Iterator<Item = (usize, u64)> {
        self.0.iter().map(|kept| (kept.column, if kept.is_full { u64::MAX } else { kept.mask }))
    }

    /// Keeps a row for every column whose value asks for it. `hash_of` gives the hash of a column's value in this row.
    #[cold]
    pub fn add<'a, V: Iterator<Item = &'a [u8]>>(
        &mut self,
        order: u64,
        hash_of: impl Fn(usize) -> Option<u64>,
        values: impl Fn() -> V,
    ) {
        for kept in self.0.iter_mut().filter(|kept| !kept.is_full) {
            if let Some(hash) = hash_of(kept.column).filter(|hash| hash & kept.mask == 0) {
                kept.rows.push(order, hash, values());
                kept.bound();
            }
        }
    }

    /// Adds what another worker has kept.
    pub fn merge(&mut self, other: Self) {
        for (own, other) in self.0.iter_mut().zip(other.0) {
            own.merge(other);
        }
    }

    /// The kept rows of each column that has any.
    pub fn samples(self, width: usize) -> Vec<(usize, Sample)> {
        let kept = self.0.into_iter().filter(|kept| !kept.rows.rows.is_empty());
        kept.map(|kept| (kept.column, kept.rows.sample(width))).collect()
    }
}

impl Kept {
    fn bound(&mut self) {
        if self.rows.rows.len() > MOST_ROWS || self.rows.bytes.len() > MOST_BYTES {
            let mask = (self.mask << 1) | 1;
            if self.rows.rows.iter().filter(|row| row.hash & mask == 0).count() < FEWEST_ROWS {
                self.is_full = true;
            } else {
                self.retain(mask);
            }
        }
    }

    fn retain(&mut self, mask: u64) {
        self.mask = mask;
        let mut left = Rows::default();
        left.extend(&self.rows, |row| row.hash & mask == 0);
        self.rows = left;
    }

    fn merge(&mut self, other: Self) {
        self.is_full |= other.is_full;
        self.rows.extend(&other.rows, |_| true);
        if !self.is_full {
            self.retain(self.mask | other.mask);
        }
    }
}

impl Rows {
    fn push<'a>(&mut self, order: u64, hash: u64, values: impl Iterator<Item = &'a [u8]>) {
        let (start, first) = (self.bytes.len(), self.ends.len());
        for value in values {
            self.bytes.extend_from_slice(value);
            self.ends.push(u32::try_from(self.bytes.len() - start).unwrap_or(u32::MAX));
        }
        self.rows.push(Row { order, hash, bytes: start..self.bytes.len(), ends: first..self.ends.len() });
    }

    fn extend(&mut self, other: &Self, is_wanted: impl Fn(&Row) -> bool) {
        for row in other.rows.iter().filter(|row| is_wanted(row)) {
            self.push(row.order, row.hash, other.values(row));
        }
    }

    fn values(&self, row: &Row) -> impl Iterator<Item = &[u8]> {
        let bytes = self.bytes.get(row.bytes.clone()).unwrap_or_default();
        let ends = self.ends.get(row.ends.clone()).unwrap_or_default();
        ends.iter().scan(0, |start, end| {
            let end = *end as usize;
            bytes.get(std::mem::replace(start, end)..end)
        })
    }

    /// The rows in the order of the file.
    fn sample(mut self, width: usize) -> Sample {
        let mut rows = std::mem::take(&mut self.rows);
        rows.sort_by_key(|row| row.order);
        let mut sample = Sample::new(width);
        rows.iter().for_each(|row| sample.push_row(self.values(row)));
        sample
    }
}

#[cfg(test)]
mod tests {
    use super::super::distinct::hash;
    use super::*;

    fn sampler(rows: impl Iterator<Item = (u64, u64)>) -> CaseSampler {
        let mut sampler = CaseSampler::new(&[0]);
        for (order, case) in rows {
            let case = case.to_string();
            let key = hash(case.as_bytes());
            let (_, mask) = sampler.masks().next().unwrap();
            if key & mask == 0 {
                sampler.add(order, |_| Some(key), || [case.as_bytes(), b"A"].into_iter());
            }
        }
        sampler
    }

    #[test]
    fn cases_are_kept_whole() {
        let cases = 20_000;
        let rows = || (0..3 * cases).map(move |row| (row, row % cases));
        let (even, odd) = (rows().filter(|(row, _)| row % 2 == 0), rows().filter(|(row, _)| row % 2 == 1));
        let mut merged = sampler(even);
        merged.merge(sampler(odd));
        let samples = merged.samples(2);
        let [(0, sample)] = &samples[..] else { panic!("one column") };
        let ids = sample.columns[0].values.len();
        assert_eq!(sample.rows, 3 * ids, "every case has its three events");
        assert!((FEWEST_ROWS..=2 * MOST_ROWS).contains(&sample.rows), "{}", sample.rows);
    }

    #[test]
    fn few_long_cases_keep_their_first_rows() {
        let samples = sampler((0..50_000).map(|row| (row, row % 4))).samples(2);
        assert!(samples[0].1.rows >= FEWEST_ROWS && samples[0].1.rows <= MOST_ROWS + 1);
    }
}
