//! Whole cases of a log that is too long to keep: where the file contradicts its head, the roles are decided by these.

use csv::ByteRecord;

use super::sample::Sample;

/// What is kept for each column that may hold the case; two workers keep as much each.
const MOST_ROWS: usize = 3000;
const MOST_BYTES: usize = 512 << 10;
/// A column with so few values that a finer sample would leave next to nothing keeps its first rows.
const FEWEST_ROWS: usize = MOST_ROWS / 8;

/// Rows whose value in a column has a hash that ends in a number of zeros: all the rows of some cases.
#[derive(Clone, Debug)]
struct Kept {
    column: usize,
    /// A row is kept if its hash has none of these bits.
    mask: u64,
    is_full: bool,
    bytes: usize,
    rows: Vec<KeptRow>,
}

#[derive(Clone, Debug)]
struct KeptRow {
    /// Where it stands in the file.
    order: u64,
    hash: u64,
    values: ByteRecord,
}

/// Keeps whole cases for each of a few columns.
#[derive(Clone, Debug, Default)]
pub(crate) struct CaseSampler(Vec<Kept>);

impl CaseSampler {
    pub fn new(candidates: &[usize]) -> Self {
        let kept =
            |column: &usize| Kept { column: *column, mask: 0, is_full: false, bytes: 0, rows: Vec::new() };
        Self(candidates.iter().map(kept).collect())
    }

    /// The columns whose values are sampled, and which hashes are kept of each.
    pub fn masks(&self) -> impl Iterator<Item = (usize, u64)> {
        self.0.iter().map(|kept| (kept.column, if kept.is_full { u64::MAX } else { kept.mask }))
    }

    /// Keeps a row for every column whose value asks for it. `hashes` gives the hash of a column's value in this row.
    #[cold]
    pub fn add<'a>(
        &mut self,
        order: u64,
        hashes: impl Fn(usize) -> Option<u64>,
        values: impl Iterator<Item = &'a [u8]>,
    ) {
        let values = ByteRecord::from_iter(values);
        for kept in self.0.iter_mut().filter(|kept| !kept.is_full) {
            if let Some(hash) = hashes(kept.column).filter(|hash| hash & kept.mask == 0) {
                kept.add(KeptRow { order, hash, values: values.clone() });
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
        let sample = |mut kept: Kept| {
            kept.rows.sort_by_key(|row| row.order);
            let mut sample = Sample::new(width);
            kept.rows.iter().for_each(|row| sample.push_row(&row.values));
            (kept.column, sample)
        };
        self.0.into_iter().filter(|kept| !kept.rows.is_empty()).map(sample).collect()
    }
}

impl Kept {
    fn add(&mut self, row: KeptRow) {
        self.bytes += row.values.as_slice().len();
        self.rows.push(row);
        if self.rows.len() > MOST_ROWS || self.bytes > MOST_BYTES {
            self.thin_out();
        }
    }

    fn thin_out(&mut self) {
        let mask = (self.mask << 1) | 1;
        let left = self.rows.iter().filter(|row| row.hash & mask == 0).count();
        if left < FEWEST_ROWS {
            self.is_full = true;
            return;
        }
        self.retain(mask);
    }

    fn retain(&mut self, mask: u64) {
        self.mask = mask;
        self.rows.retain(|row| row.hash & mask == 0);
        self.bytes = self.rows.iter().map(|row| row.values.as_slice().len()).sum();
    }

    fn merge(&mut self, other: Self) {
        let mask = self.mask | other.mask;
        self.rows.extend(other.rows);
        self.is_full |= other.is_full;
        if !self.is_full {
            self.retain(mask);
        }
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
                sampler.add(order, |_| Some(key), [case.as_bytes(), b"A"].into_iter());
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
