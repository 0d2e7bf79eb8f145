//! Rows of a table that are kept, column by column, so that columns can be compared with each other.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::distinct::hash;

/// Stands for a cell without a value.
pub(crate) const BLANK: u32 = u32::MAX;

/// What a file writes where there is no value, in lower case.
const NULLS: [&[u8]; 12] =
    [b"na", b"n/a", b"null", b"none", b"nan", b"nat", b"-", b"(null)", b"#n/a", b"<null>", b"nil", b"\\n"];

/// Whether a value, without blanks around it, is a word for "no value", such as `NULL` or `n/a`.
pub(crate) fn is_null_word(value: &[u8]) -> bool {
    value.len() <= 6 && NULLS.iter().any(|word| value.eq_ignore_ascii_case(word))
}

/// Some rows of a table.
#[derive(Debug, Default)]
pub(crate) struct Sample {
    pub rows: usize,
    pub columns: Vec<SampleColumn>,
}

/// One column of the rows: every different value once, and for each row the number of its value.
#[derive(Debug, Default)]
pub(crate) struct SampleColumn {
    /// An index into `values` for each row, or [`BLANK`].
    pub codes: Vec<u32>,
    /// The different values in the order in which they came, without blanks around them.
    pub values: Vec<Box<[u8]>>,
    /// The number of each value, by its hash.
    known: HashMap<u64, u32, RandomState>,
}

impl Sample {
    pub fn new(width: usize) -> Self {
        Self { rows: 0, columns: (0..width).map(|_| SampleColumn::default()).collect() }
    }

    /// Adds a row; values beyond the last column are dropped, missing ones are blank.
    pub fn push_row<'a>(&mut self, row: impl IntoIterator<Item = &'a [u8]>) {
        let mut values = row.into_iter();
        for column in &mut self.columns {
            column.push(values.next().unwrap_or_default());
        }
        self.rows += 1;
    }
}

impl SampleColumn {
    fn push(&mut self, value: &[u8]) {
        let value = value.trim_ascii();
        if value.is_empty() || is_null_word(value) {
            return self.codes.push(BLANK);
        }
        let code = *self.known.entry(hash(value)).or_insert_with(|| {
            self.values.push(value.into());
            u32::try_from(self.values.len() - 1).unwrap_or(BLANK)
        });
        self.codes.push(code);
    }

    /// How many rows have a value.
    pub fn filled(&self) -> usize {
        self.codes.iter().filter(|code| **code != BLANK).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_numbered_in_the_order_in_which_they_come() {
        let mut sample = Sample::new(2);
        for row in [&[&b"b"[..], b"1"][..], &[b" a "], &[b"b", b"NULL", b"beyond"]] {
            sample.push_row(row.iter().copied());
        }
        let [first, second] = &sample.columns[..] else { panic!("two columns") };
        assert_eq!((sample.rows, &first.codes[..]), (3, &[0, 1, 0][..]));
        assert_eq!(first.values, [Box::from(&b"b"[..]), Box::from(&b"a"[..])]);
        assert_eq!((&second.codes[..], second.filled()), (&[0, BLANK, BLANK][..], 1));
    }
}
