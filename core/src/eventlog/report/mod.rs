//! What a check finds, as every language has it.

pub(crate) mod build;
mod html;
pub(crate) mod problem;
pub(crate) mod text;
mod workbook_hint;
mod xes;

use crate::model::report;

report! {
    /// One column of an event log.
    EventLogColumn {
        /// The heading; in XES the key of the attribute, with `case:` before those of a trace.
        name: String,
        /// `string`, `datetime`, `integer`, `number` or `boolean`: the narrowest that fits every value.
        r#type: String,
        /// What the column seems to be: `case`, `activity`, `timestamp`, `resource`, or nothing.
        role: Option<String>,
        /// How sure the role is, from 0 to 1: 1 if it was stated or the format states it, below 0.5 if it is a guess.
        confidence: Option<f64>,
        /// How many rows have a value.
        filled: i64,
        /// How many different values there are; an estimate where there are more than 512.
        distinct: i64,
        /// How a column of dates is written, such as `ISO 8601` or `day first`.
        notation: Option<String>,
        /// The first date of a column of dates, in ISO 8601; in UTC where the dates have offsets.
        first: Option<String>,
        /// The last date of a column of dates.
        last: Option<String>,
    }
}

report! {
    /// The events of one period.
    EventLogPeriod {
        /// The start: an hour `2024-01-31T09`, a day `2024-01-31`, a month `2024-01`, or one or more years `2024`.
        start: String,
        /// How many events there are from here to the next period.
        events: i64,
    }
}

report! {
    /// A sheet of a workbook.
    EventLogSheet {
        /// The name.
        name: String,
        /// Rows of data, the headings not counted.
        rows: i64,
        /// Whether this is the sheet that was read.
        read: bool,
        /// Whether Excel hides it.
        hidden: bool,
    }
}

report! {
    /// Something that is wrong with an event log, or likely is.
    EventLogProblem {
        /// The stable code, such as `RAGGED_ROW`.
        code: String,
        /// `error` where the log will not come out as it is meant, else `warning`.
        severity: String,
        /// The first place: the line as an editor numbers it, the header being 1; in a workbook the row.
        row: Option<i64>,
        /// The heading of the column.
        column: Option<String>,
        /// What is wrong.
        message: String,
        /// The value, or the beginning of the line.
        example: Option<String>,
        /// What to do about it.
        hint: String,
        /// How many places there are.
        count: i64,
        /// The first ten places.
        rows: Vec<i64>,
    }
}

report! {
    /// What an event log holds, and what is wrong with it.
    EventLogReport {
        /// The name of the file.
        file_name: Option<String>,
        /// `csv`, `tsv`, `txt`, `xlsx`, `xlsb`, `xls` or `xes`.
        format: String,
        /// The encoding of a text, by its WHATWG name, such as `UTF-8`.
        encoding: Option<String>,
        /// What is between the values of a text with more than one column.
        delimiter: Option<String>,
        /// The row of the headings: the line as an editor numbers it, in a workbook the row; none in XES.
        header_row: Option<i64>,
        /// The sheet of a workbook that was read.
        sheet: Option<String>,
        /// All sheets of a workbook.
        sheets: Vec<EventLogSheet>,
        /// Rows of data, the header not counted; in XES the events.
        rows: i64,
        /// How many cases there are, where a column can be the case id.
        cases: Option<i64>,
        /// The cases were too many to count, and are an estimate.
        cases_estimated: bool,
        /// The columns, in the order of the file.
        columns: Vec<EventLogColumn>,
        /// The events over time, from the first period to the last.
        events_over_time: Vec<EventLogPeriod>,
        /// What is wrong, errors and warnings.
        problems: Vec<EventLogProblem>,
        /// No problem is an error.
        ok: bool,
    }
    python {
        fn __str__(&self) -> String {
            self.to_string()
        }

        /// The report as a table with a small picture, for notebooks.
        fn _repr_html_(&self) -> String {
            self.to_html()
        }
    }
}
