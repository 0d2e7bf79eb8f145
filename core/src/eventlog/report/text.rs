//! A report as text, for terminals and logs.

use std::fmt::{self, Display, Formatter};

use crate::eventlog::report::problem::shortened;
use crate::eventlog::report::{EventLogColumn, EventLogProblem, EventLogReport};

const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
/// Columns and problems that are listed; the others are counted.
pub(crate) const MOST_COLUMNS: usize = 100;
/// A heading is not shown longer than this.
const WIDEST: usize = 32;

impl Display for EventLogReport {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.headline())?;
        if !self.columns.is_empty() {
            writeln!(f)?;
            write_columns(f, self)?;
        }
        if let Some(line) = self.over_time() {
            writeln!(f, "\n{line}")?;
        }
        writeln!(f, "\n{}", self.verdict())?;
        self.problems.iter().try_for_each(|problem| write_problem(f, problem))
    }
}

impl EventLogReport {
    /// What the file is, in one line.
    pub(crate) fn headline(&self) -> String {
        let name = self.file_name.as_deref().map_or_else(|| "The log".to_owned(), shortened);
        let mut parts = vec![format!("{name}: {}", counted(self.rows, "row"))];
        if let Some(cases) = self.cases {
            let about = if self.cases_estimated { "about " } else { "" };
            parts.push(format!("{about}{}", counted(cases, "case")));
        }
        parts.push(counted(self.columns.len() as i64, "column"));
        let delimiter = self.delimiter.as_deref().map(|mark| match mark {
            "\t" => "tabs".to_owned(),
            mark => format!("'{}'", shortened(mark)),
        });
        let sheet = self.sheet.as_deref().filter(|_| self.sheets.len() > 1);
        let sheet = sheet.map(|name| format!("sheet '{}'", shortened(name)));
        let kind = [Some(self.format.clone()), sheet, self.encoding.clone(), delimiter];
        format!("{} ({})", parts.join(", "), kind.into_iter().flatten().collect::<Vec<_>>().join(", "))
    }

    /// How the events are spread, as a row of small bars between the first period and the last.
    fn over_time(&self) -> Option<String> {
        let (first, last) = (self.events_over_time.first()?, self.events_over_time.last()?);
        let most = self.events_over_time.iter().map(|period| period.events).max()?.max(1);
        let bar = |events: i64| match usize::try_from(events.saturating_mul(8) / most) {
            _ if events == 0 => ' ',
            Ok(height) => BARS.get(height.min(7)).copied().unwrap_or('█'),
            Err(_) => '█',
        };
        let bars: String = self.events_over_time.iter().map(|period| bar(period.events)).collect();
        Some(format!("Events over time: {} {bars} {} (at most {})", first.start, last.start, grouped(most)))
    }

    /// How many problems there are.
    pub(crate) fn verdict(&self) -> String {
        let errors = self.problems.iter().filter(|problem| problem.severity == "error").count() as i64;
        let warnings = self.problems.len() as i64 - errors;
        match (errors, warnings) {
            (0, 0) => "No problems were found.".to_owned(),
            (errors, 0) => format!("{}:", counted(errors, "error")),
            (0, warnings) => format!("{}:", counted(warnings, "warning")),
            (errors, warnings) => format!("{}, {}:", counted(errors, "error"), counted(warnings, "warning")),
        }
    }
}

fn write_columns(f: &mut Formatter<'_>, report: &EventLogReport) -> fmt::Result {
    let mut table = vec![["column", "type", "role", "filled", "distinct", "from", "to"].map(str::to_owned)];
    table.extend(report.columns.iter().take(MOST_COLUMNS).map(|column| cells(column, report.rows)));
    let mut widths = [0; 7];
    for row in &table {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = cell.chars().count().max(*width);
        }
    }
    for row in &table {
        let padded = row.iter().zip(widths).enumerate().map(|(place, (cell, width))| match place {
            3 | 4 => format!("{cell:>width$}"),
            _ => format!("{cell:<width$}"),
        });
        writeln!(f, "  {}", padded.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    match report.columns.len().checked_sub(MOST_COLUMNS) {
        None | Some(0) => Ok(()),
        Some(more) => writeln!(f, "  and {} more", grouped(more as i64)),
    }
}

/// The cells of a column's row.
pub(crate) fn cells(column: &EventLogColumn, rows: i64) -> [String; 7] {
    let mut name = shortened(&column.name);
    if name.chars().count() > WIDEST {
        name = name.chars().take(WIDEST - 1).chain(['…']).collect();
    }
    [
        if name.is_empty() { "(no heading)".to_owned() } else { name },
        column.r#type.clone(),
        column.role.clone().unwrap_or_default(),
        // Rounded down: 100 % is all.
        if rows == 0 { String::new() } else { format!("{} %", column.filled.saturating_mul(100) / rows) },
        grouped(column.distinct),
        column.first.clone().unwrap_or_default(),
        column.last.clone().unwrap_or_default(),
    ]
}

fn write_problem(f: &mut Formatter<'_>, problem: &EventLogProblem) -> fmt::Result {
    let example = problem.example.as_deref().map(|text| format!(": '{text}'")).unwrap_or_default();
    writeln!(f, "  {:<7}  {}: {}", problem.severity, problem.code, problem.place())?;
    writeln!(f, "           {}{example}.", problem.statement())?;
    writeln!(f, "           {}", problem.hint)
}

impl EventLogProblem {
    /// Where it is, and how often.
    pub(crate) fn place(&self) -> String {
        let mut parts = Vec::new();
        match &self.rows[..] {
            [] => {}
            [row] => parts.push(format!("line {row}")),
            rows => {
                let more = if self.count > rows.len() as i64 { ", …" } else { "" };
                let rows: Vec<_> = rows.iter().map(ToString::to_string).collect();
                parts.push(format!("lines {}{more}", rows.join(", ")));
            }
        }
        if let Some(column) = self.column.as_deref().filter(|column| !column.is_empty()) {
            parts.push(format!("column '{}'", shortened(column)));
        }
        if self.count > 1 {
            parts.push(format!("{} in all", grouped(self.count)));
        }
        if parts.is_empty() { "the file".to_owned() } else { parts.join(", ") }
    }

    /// What is wrong, as the beginning of a sentence.
    pub(crate) fn statement(&self) -> &str {
        self.message.trim_end_matches('.')
    }

    /// The problem in one line, for a warning or an error.
    pub(crate) fn summary(&self) -> String {
        let mut place = Vec::from_iter(self.row.map(|row| format!("line {row}")));
        place.extend(
            self.column
                .as_deref()
                .filter(|name| !name.is_empty())
                .map(|name| format!("column '{}'", shortened(name))),
        );
        let place = if place.is_empty() { String::new() } else { format!("{}: ", place.join(", ")) };
        let count = if self.count > 1 { format!(" ({} in all)", grouped(self.count)) } else { String::new() };
        format!("{place}{}{count}.", self.statement())
    }
}

pub(crate) fn counted(count: i64, what: &str) -> String {
    format!("{} {what}{}", grouped(count), if count == 1 { "" } else { "s" })
}

/// A number with a comma between the thousands.
pub(crate) fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = if number < 0 { "-".to_owned() } else { String::new() };
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use crate::eventlog::{Format, Limits, Stated, report};
    use std::io::Cursor;
    use std::sync::atomic::AtomicBool;

    use super::*;

    fn check(text: &str) -> EventLogReport {
        let limits = Limits { cases: 100, stop: &AtomicBool::new(false) };
        report(Cursor::new(text), Format::Csv, Some("orders.csv".to_owned()), &Stated::default(), &limits)
            .unwrap()
    }

    #[test]
    fn a_report_can_be_read() {
        let log = "CaseId,Activity,StartTime,Note\n1,Order,2024-01-31T10:00:00,\n1,Pay,2024-03-02T09:00:00,\"a,b\"\n2,Order,soon,\n2,Pay\n";
        let expected = "\
orders.csv: 4 rows, 2 cases, 4 columns (csv, UTF-8, ',')

  column     type     role       filled  distinct  from  to
  CaseId     integer  case        100 %         2
  Activity   string   activity    100 %         2
  StartTime  string   timestamp    75 %         3
  Note       string                25 %         1

Events over time: 2024-01-31 █                              █ 2024-03-02 (at most 1)

2 errors, 1 warning:
  error    RAGGED_ROW: line 5
           The row has 2 values where the header has 4: '2,Pay'.
           Quote values that hold the delimiter, and write one for every column.
  error    UNREADABLE_TIMESTAMP: line 4, column 'StartTime'
           The timestamp can't be read as a date: 'soon'.
           Write every timestamp as 2024-01-31T09:30:00: one that is none makes the column text.
  warning  MISSING_TIMESTAMP: line 5, column 'StartTime'
           The row has no timestamp.
           Fill it in or leave the row out: nobody can say when it happened.
";
        assert_eq!(check(log).to_string(), expected);
    }

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0, 999, 1000, -1_234_567].map(grouped), ["0", "999", "1,000", "-1,234,567"]);
    }

    #[test]
    fn a_terminal_gets_no_control_characters() {
        let text = check("Case\u{1b}[31m,b\n1,\u{7}\n").to_string();
        assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
    }
}
