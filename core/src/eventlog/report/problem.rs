//! What may be wrong with an event log: every code once, with how bad it is and what to do about it.

use std::collections::BTreeMap;

use crate::eventlog::Format;
use crate::eventlog::report::workbook_hint::workbook_hint;
use crate::eventlog::report::{EventLogProblem, xes};

/// How many rows of one problem are named; the others are counted.
const MOST_ROWS: usize = 10;
/// How many columns have a problem of their own; the others are counted together.
const MOST_COLUMNS: usize = 20;
/// How much of a value is shown.
const LONGEST_EXAMPLE: usize = 80;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// Rows, columns or dates will not come out as they are meant.
    Error,
    /// The log can be read; something in it is likely not as it is meant.
    Warning,
}

impl Severity {
    /// `error` or `warning`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

macro_rules! problem_codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident, $hint:literal;)*) => {
        /// What is wrong, as a value that programs can decide on. The codes are stable.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum ProblemCode {
            $($(#[doc = $doc])+ $name,)*
        }

        impl ProblemCode {
            /// Every code, in the order in which a report lists errors and warnings.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The stable code, such as `RAGGED_ROW`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$name => $code,)* }
            }

            /// What is wrong, in a sentence.
            #[must_use]
            pub fn summary(self) -> &'static str {
                match self { $(Self::$name => concat!($($doc),+).trim_ascii(),)* }
            }

            /// How bad it is.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }

            /// What to do about it.
            #[must_use]
            pub fn hint(self) -> &'static str {
                match self { $(Self::$name => $hint,)* }
            }
        }
    };
}

impl ProblemCode {
    /// What to do about it in a file of this format.
    #[must_use]
    pub fn hint_for(self, format: Format) -> &'static str {
        let own = match format {
            Format::Xes => xes::hint(self),
            Format::Xlsx | Format::Xlsb | Format::Xls => workbook_hint(self),
            Format::Csv | Format::Tsv | Format::Txt => None,
        };
        own.unwrap_or_else(|| self.hint())
    }

    /// What is wrong, in the words of this format.
    fn message_for(self, format: Format, message: String) -> String {
        let own = match format {
            Format::Xes => xes::message(self),
            _ => None,
        };
        own.map_or(message, str::to_owned)
    }
}

problem_codes! {
    /// The file is empty: it has no header.
    EmptyFile = "EMPTY_FILE", Error, "Check the export that made it.";
    /// The file can't be read as what its name says, or not to its end.
    Unreadable = "UNREADABLE", Error, "Export it again, as CSV in UTF-8 if you can.";
    /// A quote that is never closed: all that follows is one value.
    UnclosedQuote = "UNCLOSED_QUOTE", Error, "Close the quote, or write a quote inside a value as two.";
    /// There are NUL bytes, which no text has.
    NulByte = "NUL_BYTE", Error, "Export it again: the file is damaged, or no text.";
    /// Some lines are in another encoding than the rest: their letters come out wrong.
    MixedEncoding = "MIXED_ENCODING", Error, "Write all parts of the file in one encoding, UTF-8 at best.";
    /// Letters look wrong: they were read in a wrong encoding, here or before.
    WrongLetters = "WRONG_LETTERS", Warning, "Export it again in UTF-8, and check the letters there.";
    /// Lines come before the header, which must be the first line.
    LinesBeforeHeader = "LINES_BEFORE_HEADER", Error, "Remove the lines above the header.";
    /// A line such as `sep=;` comes before the header.
    SepLine = "SEP_LINE", Warning, "Remove the line: only spreadsheets understand it.";
    /// The header has fewer headings than the rows have values.
    HeaderTooShort = "HEADER_TOO_SHORT", Error, "Write a heading for every column, also for row names.";
    /// The file looks like a table, but nothing separates its values.
    NoDelimiter = "NO_DELIMITER", Error, "Export it again with a comma between the values.";
    /// Every line is quoted as a whole.
    QuotedLines = "QUOTED_LINES", Error, "Remove the quotes around the lines, or quote each value.";
    /// Values are not quoted the way CSV files quote them.
    UnusualQuotes = "UNUSUAL_QUOTES", Warning, "Use double quotes around values, and two for a quote inside a value.";
    /// The header is followed by no row.
    NoRows = "NO_ROWS", Warning, "Check the filter of the export that made it.";
    /// The first line looks like data, not like headings.
    HeaderIsData = "HEADER_IS_DATA", Error, "Put a line of headings first, such as CaseId, Activity, StartTime.";
    /// A column has no heading.
    EmptyHeading = "EMPTY_HEADING", Warning, "Give the column a heading, or leave it out.";
    /// Two columns have the same heading.
    DuplicateHeading = "DUPLICATE_HEADING", Warning, "Give each column a heading of its own.";
    /// A row has more or fewer values than there are headings.
    RaggedRow = "RAGGED_ROW", Error, "Quote values that hold the delimiter, and write one for every column.";
    /// A cell is beside the table of a worksheet, in a column without a heading.
    NoteBesideTable = "NOTE_BESIDE_TABLE", Warning, "Move what is not part of the log to another sheet.";
    /// A quote stands inside a value that is not quoted, or text follows a closing quote.
    StrayQuote = "STRAY_QUOTE", Warning, "Quote the whole value, and write a quote inside it as two.";
    /// An attribute of a trace or event in XES has no key, or its key occurs twice.
    InvalidAttribute = "INVALID_ATTRIBUTE", Warning, "Give each attribute of a trace or event a key of its own.";
    /// No column can be the case id.
    NoCaseColumn = "NO_CASE_COLUMN", Error, "Add a column that says which case a row belongs to, such as CaseId.";
    /// No column can be the activity.
    NoActivityColumn = "NO_ACTIVITY_COLUMN", Error, "Add a column that says what happened, such as Activity.";
    /// No column can be the timestamp.
    NoTimestampColumn = "NO_TIMESTAMP_COLUMN", Error, "Add a column of dates, written as 2024-01-31T09:30:00.";
    /// A row has no case id.
    MissingCaseId = "MISSING_CASE_ID", Error, "Fill it in or leave the row out: it belongs to no case.";
    /// A row has no activity.
    MissingActivity = "MISSING_ACTIVITY", Warning, "Fill it in or leave the row out: nobody can say what happened.";
    /// A row has no timestamp.
    MissingTimestamp = "MISSING_TIMESTAMP", Warning, "Fill it in or leave the row out: nobody can say when it happened.";
    /// A timestamp can't be read as a date.
    UnreadableTimestamp = "UNREADABLE_TIMESTAMP", Error, "Write every timestamp as 2024-01-31T09:30:00: one that is none makes the column text.";
    /// Some dates put the day first, others the month.
    MixedDateOrder = "MIXED_DATE_ORDER", Error, "Write every timestamp as 2024-01-31T09:30:00: this way the column is text.";
    /// Dates are written in several notations.
    MixedDateNotations = "MIXED_DATE_NOTATIONS", Error, "Write every timestamp as 2024-01-31T09:30:00: in several notations the column is text.";
    /// All dates can be read with the day first and with the month first.
    AmbiguousDateOrder = "AMBIGUOUS_DATE_ORDER", Warning, "Write timestamps as 2024-01-31T09:30:00, which has one meaning.";
    /// Some timestamps state their offset from UTC, others do not.
    MixedTimeZones = "MIXED_TIME_ZONES", Warning, "State the offset of every timestamp, or of none.";
    /// The column that has a role is a guess.
    UncertainRole = "UNCERTAIN_ROLE", Warning, "State the column that you mean: `case`, `activity`, `timestamp` or `resource`.";
    /// The timestamp's time of day is in another column than its date.
    TimeInOtherColumn = "TIME_IN_OTHER_COLUMN", Warning, "Write date and time into one column, as 2024-01-31T09:30:00.";
    /// A row has no value in any column.
    BlankRows = "BLANK_ROWS", Warning, "Delete the rows without values: they are not events.";
    /// A row is an exact copy of an earlier one.
    DuplicateRows = "DUPLICATE_ROWS", Warning, "Check whether the export was written or joined twice.";
    /// A case id or an activity is a word for "no value", such as NULL.
    NullWord = "NULL_WORD", Warning, "Leave the value empty if there is none: the word counts as a value.";
    /// A number has lost its last digits, so that different ids are the same.
    DigitsLost = "DIGITS_LOST", Warning, "Export the column as text: a spreadsheet keeps 15 digits of a number.";
    /// A case id or an activity also stands without the blanks around it.
    PaddedValue = "PADDED_VALUE", Warning, "Remove the blanks around the value in the export.";
    /// A case id or an activity also stands in other upper and lower case.
    LetterCase = "LETTER_CASE", Warning, "Write the value in the same upper and lower case everywhere.";
    /// Dates are written in a way that few services read.
    UncommonDateNotation = "UNCOMMON_DATE_NOTATION", Warning, "Write every timestamp as 2024-01-31T09:30:00, and in a worksheet format the column as a date.";
    /// A date stands for no date, such as 1900-01-01 or 9999-12-31.
    PlaceholderDate = "PLACEHOLDER_DATE", Warning, "Leave the cell empty if the date is not known.";
    /// A local time does not exist, because the clocks of its time zone skip it.
    NonexistentTime = "NONEXISTENT_TIME", Warning, "Write the timestamp with its offset from UTC, as 2024-01-31T09:30:00+01:00.";
    /// A workbook has other sheets, which are not read.
    MoreSheets = "MORE_SHEETS", Warning, "Put the whole log on one sheet, the first of the workbook.";
    /// A cell has an error such as `#N/A` instead of a value.
    ErrorCell = "ERROR_CELL", Warning, "Correct the formula, or clear the cell.";
    /// A formula was never calculated, so that its cell has no value.
    FormulaWithoutResult = "FORMULA_WITHOUT_RESULT", Error, "Open the workbook in Excel and save it: that calculates the formulas.";
    /// Merged cells: only the first of them has the value.
    MergedCells = "MERGED_CELLS", Warning, "Unmerge the cells, and repeat the value in each of them.";
    /// Two traces of an XES log have the same name.
    DuplicateTraceName = "DUPLICATE_TRACE_NAME", Warning, "Give each trace a concept:name of its own, or put the events of one case in one trace.";
    /// An event comes after a later one of its case.
    EventsOutOfOrder = "EVENTS_OUT_OF_ORDER", Warning, "Sort the rows by time where the order of equal times matters.";
}

/// What was found so far. Of each code and column the first rows are kept, and the rest is counted.
#[derive(Debug, Default)]
pub(crate) struct Problems(BTreeMap<(ProblemCode, Option<usize>), Found>);

#[derive(Debug)]
struct Found {
    places: Places,
    message: String,
}

/// Where something was found: how often, the first rows, and an example from the very first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    pub count: u64,
    rows: Vec<u64>,
    example: Option<String>,
}

impl Places {
    /// Adds a place; the row is asked for only where it will be told.
    pub fn add(&mut self, row: impl FnOnce() -> Option<u64>, example: impl FnOnce() -> Option<String>) {
        if self.rows.len() < MOST_ROWS
            && let Some(row) = row()
            && self.rows.last() != Some(&row)
        {
            self.rows.push(row);
        }
        if self.count == 0 {
            self.example = example();
        }
        self.count += 1;
    }

    pub fn first_row(&self) -> Option<u64> {
        self.rows.first().copied()
    }

    pub fn example(&self) -> Option<&str> {
        self.example.as_deref()
    }

    /// Whether another place will only be counted.
    pub fn is_full(&self) -> bool {
        self.rows.len() >= MOST_ROWS
    }

    /// Adds what another worker found; true where its first place comes before all of these.
    pub fn merge(&mut self, other: Self) -> bool {
        let is_first = self.count == 0 || (other.count > 0 && other.rows.first() < self.rows.first());
        if is_first {
            self.example = other.example;
        }
        self.count += other.count;
        self.rows.extend(other.rows);
        self.rows.sort_unstable();
        self.rows.dedup();
        self.rows.truncate(MOST_ROWS);
        is_first
    }
}

impl Problems {
    /// Adds a problem of a row, or of the file where there is no row.
    pub fn add(
        &mut self,
        code: ProblemCode,
        column: Option<usize>,
        row: impl FnOnce() -> Option<u64>,
        message: impl FnOnce() -> String,
        example: impl FnOnce() -> Option<String>,
    ) {
        let column = self.bounded(code, column);
        let found = self
            .0
            .entry((code, column))
            .or_insert_with(|| Found { places: Places::default(), message: message() });
        found.places.add(row, example);
    }

    /// Adds a problem of the whole file.
    pub fn of_file(&mut self, code: ProblemCode, message: impl Into<String>) {
        self.add(code, None, || None, || message.into(), || None);
    }

    /// Adds a problem whose places are known already.
    pub fn of_places(&mut self, code: ProblemCode, column: usize, places: Places, message: String) {
        self.0.insert((code, Some(column)), Found { places, message });
    }

    /// Corrects how often a problem of the file was found, if it was.
    pub fn set_count(&mut self, code: ProblemCode, count: u64, message: impl FnOnce(u64) -> String) {
        if let Some(found) = self.0.get_mut(&(code, None)) {
            found.places.count = count;
            found.message = message(count);
        }
    }

    /// Whether there is such a problem.
    pub fn has(&self, code: ProblemCode) -> bool {
        self.0.keys().any(|(found, _)| *found == code)
    }

    /// Whether a replacement character is shown.
    pub fn show_lost_letters(&self) -> bool {
        let has = |text: &str| shortened(text).contains(char::REPLACEMENT_CHARACTER);
        self.0.values().any(|found| has(&found.message) || found.places.example.as_deref().is_some_and(has))
    }

    /// Forgets a problem that turned out to be none.
    pub fn forget(&mut self, code: ProblemCode) {
        self.0.retain(|(found, _), _| *found != code);
    }

    /// Adds what another worker found.
    pub fn merge(&mut self, other: Self) {
        for ((code, column), found) in other.0 {
            let column = self.bounded(code, column);
            match self.0.get_mut(&(code, column)) {
                None => drop(self.0.insert((code, column), found)),
                Some(own) => {
                    if own.places.merge(found.places) {
                        own.message = found.message;
                    }
                }
            }
        }
    }

    /// All problems: the errors, then the warnings, each in the order of the table.
    pub fn finish(self, format: Format, heading: impl Fn(usize) -> String) -> Vec<EventLogProblem> {
        let problem = |((code, column), found): ((ProblemCode, Option<usize>), Found)| EventLogProblem {
            code: code.code().to_owned(),
            severity: code.severity().as_str().to_owned(),
            row: found.places.rows.first().copied().map(crate::progress::count),
            column: column.map(&heading),
            message: code.message_for(format, found.message),
            example: found.places.example.as_deref().map(shortened),
            hint: code.hint_for(format).to_owned(),
            count: crate::progress::count(found.places.count),
            rows: found.places.rows.into_iter().map(crate::progress::count).collect(),
        };
        let mut problems: Vec<_> = self.0.into_iter().map(problem).collect();
        problems.sort_by_key(|problem| problem.severity != Severity::Error.as_str());
        problems
    }

    /// The column, or none where too many have the problem to list them.
    fn bounded(&self, code: ProblemCode, column: Option<usize>) -> Option<usize> {
        let is_listed = self.0.contains_key(&(code, column));
        let listed = self.0.range((code, None)..=(code, Some(usize::MAX))).count();
        column.filter(|_| is_listed || listed < MOST_COLUMNS)
    }
}

/// A value as a report shows it: one line, not too long.
pub(crate) fn shortened(value: &str) -> String {
    // A replacement character would look like a letter that was lost.
    let shown = |c: char| match u32::from(c) {
        control @ 0..=0x1f => char::from_u32(0x2400 + control).unwrap_or(' '),
        0x7f..=0x9f => '·',
        _ => c,
    };
    let mut short: String = value.trim().chars().take(LONGEST_EXAMPLE).map(shown).collect();
    if value.trim().chars().nth(LONGEST_EXAMPLE).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(problems: &mut Problems, row: u64) {
        let example = || Some(format!("value {row}"));
        problems.add(ProblemCode::RaggedRow, None, || Some(row), || format!("row {row}"), example);
    }

    #[test]
    fn the_first_rows_are_named_and_the_rest_is_counted() {
        let (mut early, mut late) = (Problems::default(), Problems::default());
        (100..150).for_each(|row| add(&mut late, row));
        (2..7).for_each(|row| add(&mut early, row));
        late.merge(early);
        let [problem] = &late.finish(Format::Csv, |_| String::new())[..] else {
            panic!("one problem is one entry")
        };
        assert_eq!((problem.row, problem.count), (Some(2), 55));
        assert_eq!(problem.rows, [2, 3, 4, 5, 6, 100, 101, 102, 103, 104]);
        assert_eq!((problem.message.as_str(), problem.example.as_deref()), ("row 2", Some("value 2")));
    }

    #[test]
    fn a_row_is_named_one_time_however_often_it_has_a_problem() {
        let (mut one, mut other) = (Problems::default(), Problems::default());
        [4, 7, 7].into_iter().for_each(|row| add(&mut one, row));
        [1, 4].into_iter().for_each(|row| add(&mut other, row));
        one.merge(other);
        let problems = one.finish(Format::Csv, |_| String::new());
        assert_eq!((problems[0].count, &problems[0].rows[..]), (5, &[1, 4, 7][..]));
    }

    #[test]
    fn a_problem_of_very_many_columns_stays_short() {
        let mut problems = Problems::default();
        for column in 0..1000 {
            problems.add(ProblemCode::EmptyHeading, Some(column), || Some(1), || "none".into(), || None);
        }
        let problems = problems.finish(Format::Csv, |column| column.to_string());
        assert_eq!(problems.len(), MOST_COLUMNS + 1);
        assert_eq!(problems.iter().map(|problem| problem.count).sum::<i64>(), 1000);
    }

    #[test]
    fn codes_are_told_apart_and_documented() {
        let mut codes: Vec<_> = ProblemCode::ALL.iter().map(|code| code.code()).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), ProblemCode::ALL.len());
        assert!(ProblemCode::ALL.iter().all(|code| code.hint().ends_with('.')));
    }
}
