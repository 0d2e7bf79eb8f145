//! Columns without a heading: the header is shorter than all rows.

use std::collections::HashSet;

use csv::StringRecord;

use crate::eventlog::read::header::is_date;

/// Words for time in headings, in small letters.
const TIMES: [&str; 9] = ["time", "date", "datum", "zeit", "tijd", "fecha", "hora", "data", "when"];

/// How many columns have no heading because the header is too short.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Unnamed {
    /// Before the headings: the names of rows, as R writes them.
    pub before: usize,
    /// Behind them.
    pub behind: usize,
}

impl Unnamed {
    /// Finds the columns that nearly all rows have beyond the headings. One row shows nothing.
    pub fn of((header, body): (&StringRecord, &[StringRecord])) -> Self {
        let rows: Vec<&StringRecord> =
            body.iter().filter(|row| row.iter().any(|cell| !cell.trim().is_empty())).collect();
        let Some(width) = rows.iter().map(|row| row.len()).max_by_key(|width| count(&rows, *width)) else {
            return Self::default();
        };
        let is_typical = rows.len() > 1 && count(&rows, width) * 10 >= rows.len() * 9;
        // One heading alone is a title, or a text with delimiters in it.
        let more = width.checked_sub(header.len()).filter(|more| *more > 0 && is_typical && header.len() > 1);
        match more {
            None => Self::default(),
            Some(1) if has_row_names(header, &rows) => Self { before: 1, behind: 0 },
            Some(more) => Self { before: 0, behind: more },
        }
    }

    pub fn is_none(self) -> bool {
        self == Self::default()
    }

    /// The headings, and empty ones for the columns that have none.
    pub fn complete(self, names: impl Iterator<Item = String>) -> Vec<String> {
        let empty = |count| std::iter::repeat_n(String::new(), count);
        empty(self.before).chain(names).chain(empty(self.behind)).collect()
    }
}

fn count(rows: &[&StringRecord], width: usize) -> usize {
    rows.iter().filter(|row| row.len() == width).count()
}

/// Whether the first value of every row names the row.
fn has_row_names(header: &StringRecord, rows: &[&StringRecord]) -> bool {
    let column = |place: usize| rows.iter().filter_map(move |row| row.get(place)).map(str::trim);
    let names: HashSet<&str> = column(0).filter(|name| !name.is_empty()).collect();
    let are_distinct = names.len() == rows.len() && header.get(0).is_some_and(|name| !name.trim().is_empty());
    if !are_distinct || column(header.len()).all(str::is_empty) {
        return false;
    }
    // A heading that speaks of time shows whether it stands above its dates.
    let is_of_dates = |place: usize| {
        let dates = column(place).filter(|cell| is_date(cell)).count();
        dates * 10 >= rows.len() * 8
    };
    let is_time = |name: &str| TIMES.iter().any(|time| name.to_lowercase().contains(time));
    let times = || header.iter().enumerate().filter(|(_, name)| is_time(name)).map(|(place, _)| place);
    times().any(|place| is_of_dates(place + 1)) || !times().any(is_of_dates)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eventlog::read::text::dialect::records;

    fn unnamed(text: &str) -> (usize, usize) {
        let records = records(text.as_bytes(), b',');
        let Unnamed { before, behind } = Unnamed::of(records.split_first().unwrap());
        (before, behind)
    }

    #[test]
    fn row_names() {
        assert_eq!(unnamed("case,step,time\n1,C1,Open,2024-01-01\n2,C1,Close,2024-01-02\n"), (1, 0));
        assert_eq!(unnamed("case,step\nr1,C1,Open\nr2,C1,Close\n"), (1, 0));
        assert_eq!(unnamed("case,step,time\n1,C1,Open,2024-01-01\n2,C1,Close,2024-01-02\n,,\n"), (1, 0));
    }

    #[test]
    fn columns_behind_the_headings() {
        assert_eq!(unnamed("case,step\n1,Open,\n2,Close,\n"), (0, 1));
        assert_eq!(unnamed("case,step\n1,Open,5,6\n1,Close,5,6\n"), (0, 2));
        assert_eq!(unnamed("event,case,time\n1,C1,2024-01-01,x\n2,C1,2024-01-02,y\n"), (0, 1));
        assert_eq!(unnamed("case,step,amount\n1,Open,5,5\n1,Close,5,5\n"), (0, 1));
    }

    #[test]
    fn ragged_rows_are_none() {
        assert_eq!(unnamed("case,step\n1,Open,x\n"), (0, 0));
        assert_eq!(unnamed("case,step\n1,Open,x\n1,Close\n1,Open\n"), (0, 0));
        assert_eq!(unnamed("case,step,x\n1,Open\n1,Close\n"), (0, 0));
        assert_eq!(unnamed("note\na,b\nc,d\n"), (0, 0));
        assert_eq!(unnamed("case,step\n"), (0, 0));
    }
}
