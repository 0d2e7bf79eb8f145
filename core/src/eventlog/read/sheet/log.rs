//! The cells of a sheet as they come: what they add up to, and what is wrong with them.

use csv::ByteRecord;

use super::cell::{Cell, CellKind};
use super::head::{Head, Position};
use super::merged;
use super::roles::{sample, text_of};
use super::table::{Found, Table};
use crate::eventlog::ReadError;
use crate::eventlog::limits::Limits;
use crate::eventlog::profile::order::EventOrder;
use crate::eventlog::profile::plan::Plan;
use crate::eventlog::profile::roles::Role;
use crate::eventlog::profile::tally::Tally;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::report::problem::{Places, ProblemCode, Problems};
use crate::eventlog::stated::Stated;

/// The rows from which the columns and their roles are found.
const SAMPLE: usize = 5000;

/// A sheet that is read as a log.
pub(super) struct Log<'a> {
    head: Head,
    /// Once enough rows are known to find the table among them.
    body: Option<Body<'a>>,
    /// How the columns are read, once that is decided.
    plan: Option<Plan>,
    stated: &'a Stated,
    limits: &'a Limits<'a>,
}

/// The rows below the headings.
struct Body<'a> {
    table: Table,
    tally: Tally,
    order: EventOrder,
    /// The texts of the row that is being read, if whole cases are kept.
    texts: Option<ByteRecord>,
    /// Formulas of each column whose result is 0.
    zeros: Vec<Places>,
    /// The row that is being read.
    row: Option<u32>,
    last_row: u32,
    limits: &'a Limits<'a>,
}

impl<'a> Log<'a> {
    /// `plan` is how the columns are read; without it, it is made of the first rows.
    pub fn new(plan: Option<Plan>, stated: &'a Stated, limits: &'a Limits<'a>) -> Self {
        Self { head: Head::of(SAMPLE), body: None, plan, stated, limits }
    }

    pub fn take(&mut self, position: Position, cell: Cell<'_>) -> Result<(), ReadError> {
        if let Some(body) = &mut self.body {
            return body.see(position, &cell);
        }
        self.head.push(position, cell);
        if self.head.is_full() { self.start(false) } else { Ok(()) }
    }

    /// Finds the table and its roles, and takes the rows that were kept for that.
    fn start(&mut self, is_whole: bool) -> Result<(), ReadError> {
        let head = std::mem::replace(&mut self.head, Head::of(0));
        let Some(Found { table, data, beside }) = Table::find(head.rows)? else { return Ok(()) };
        let plan = match self.plan.take() {
            Some(plan) => plan,
            None => Plan::of(table.names.clone(), sample(&table, &data), is_whole, self.stated)?,
        };
        let header_row = table.header_row;
        let mut body = Body {
            zeros: vec![Places::default(); table.names.len()],
            table,
            tally: plan.tally(),
            order: EventOrder::up_to(self.limits.cases),
            texts: (!is_whole).then(ByteRecord::new),
            row: None,
            last_row: header_row,
            limits: self.limits,
        };
        for (column, cell) in beside {
            body.report_beside((header_row, column), &cell);
        }
        for row in &data {
            row.cells.iter().try_for_each(|(column, cell)| body.see((row.index, *column), cell))?;
        }
        self.body = Some(body);
        self.plan = Some(plan);
        Ok(())
    }

    /// The end of the sheet. `merged` gives its merged cells, and is asked only if they can matter.
    pub fn finish(
        mut self,
        merged: impl FnOnce() -> Result<Vec<merged::Region>, ReadError>,
    ) -> Result<(Option<Plan>, Outcome), ReadError> {
        if self.body.is_none() {
            self.start(true)?;
        }
        let Some(mut body) = self.body else { return Ok((None, Outcome::default())) };
        body.end_row();
        body.report_zeros();
        if body.has_gaps() {
            merged::report(&merged()?, &body.table, body.last_row, &mut body.tally.problems);
        }
        if body.table.has_rows_above {
            report_rows_above(body.table.header_row, &mut body.tally.problems);
        }
        let outcome = Outcome {
            header_row: Some(number(body.table.header_row)),
            tally: body.tally,
            order: body.order,
            ..Outcome::default()
        };
        Ok((self.plan, outcome))
    }
}

impl Body<'_> {
    fn see(&mut self, (row, column): Position, cell: &Cell<'_>) -> Result<(), ReadError> {
        let Some(place) = self.table.place(column) else {
            self.report_beside((row, column), cell);
            return Ok(());
        };
        if self.row != Some(row) {
            self.end_row();
            self.row = Some(row);
            self.last_row = row;
            if row.is_multiple_of(4096) {
                self.limits.check()?;
            }
        }
        if let Some(texts) = &mut self.texts {
            (texts.len()..place).for_each(|_| texts.push_field(b""));
            texts.push_field(text_of(cell));
        }
        match cell.value() {
            Some(value) => self.tally.see(place, value),
            None => self.report_no_value(row, place, cell),
        }
        if cell.is_zero_result
            && let Some(zeros) = self.zeros.get_mut(place)
        {
            zeros.add(|| Some(number(row)), || None);
        }
        if cell.has_lost_digits() {
            let message = "The number has more than 15 digits, and a workbook keeps only the first 15.";
            self.report(ProblemCode::DigitsLost, Some(place), row, message, cell);
        }
        Ok(())
    }

    fn end_row(&mut self) {
        let Some(row) = self.row.take() else { return };
        let line = number(row);
        if let Some(texts) = &mut self.texts {
            if self.tally.is_sampled_row() {
                self.tally.keep_row(line, || texts.iter());
            }
            texts.clear();
        }
        if self.tally.is_blank_row() {
            return self.tally.forget_row();
        }
        if let Some(event) = self.tally.end_row(|| line) {
            self.order.add(event, &mut self.tally, || line);
        }
    }

    /// Whether a row has no value in one of the columns.
    fn has_gaps(&self) -> bool {
        self.tally.columns.iter().any(|column| column.filled < self.tally.rows)
    }

    fn report_no_value(&mut self, row: u32, place: usize, cell: &Cell<'_>) {
        let (code, message) = match cell.kind {
            CellKind::NoResult => (
                ProblemCode::FormulaWithoutResult,
                "The formula was never calculated, so the cell has no value.",
            ),
            _ => (ProblemCode::ErrorCell, "The cell has an error instead of a value."),
        };
        self.report(code, Some(place), row, message, cell);
    }

    /// Some programs write 0 where they leave it to Excel to calculate a formula.
    fn report_zeros(&mut self) {
        for (place, zeros) in std::mem::take(&mut self.zeros).into_iter().enumerate() {
            let Some(column) = self.tally.columns.get(place) else { continue };
            let is_needed = matches!(column.role, Some(Role::Case | Role::Activity | Role::Timestamp));
            if is_needed && zeros.count > 1 && zeros.count == column.filled {
                let message =
                    "The result of every formula in the column is 0, as if it was never calculated.";
                let problems = &mut self.tally.problems;
                problems.of_places(ProblemCode::FormulaWithoutResult, place, zeros, message.to_owned());
            }
        }
    }

    fn report_beside(&mut self, position: Position, cell: &Cell<'_>) {
        let message = || format!("Cell {} is beside the table and has no heading.", reference(position));
        let example = || Some(cell.text.clone().into_owned());
        let row = || Some(number(position.0));
        self.tally.problems.add(ProblemCode::NoteBesideTable, None, row, message, example);
    }

    fn report(&mut self, code: ProblemCode, place: Option<usize>, row: u32, message: &str, cell: &Cell<'_>) {
        let example = || Some(cell.text.clone().into_owned()).filter(|text| !text.is_empty());
        self.tally.problems.add(code, place, || Some(number(row)), || message.to_owned(), example);
    }
}

fn report_rows_above(header_row: u32, problems: &mut Problems) {
    let row = number(header_row);
    let message = || format!("The headings are in row {row}: the rows above are not part of the table.");
    problems.add(ProblemCode::LinesBeforeHeader, None, || Some(row), message, || None);
}

/// The number of a row as Excel shows it.
pub(super) fn number(row: u32) -> u64 {
    u64::from(row) + 1
}

/// A cell as formulas refer to it, such as `A1`.
pub(super) fn reference((row, column): Position) -> String {
    let mut letters = Vec::new();
    let mut rest = u64::from(column) + 1;
    while rest > 0 {
        let letter = u8::try_from((rest - 1) % 26).unwrap_or_default();
        letters.push(char::from(b'A' + letter));
        rest = (rest - 1) / 26;
    }
    let letters: String = letters.into_iter().rev().collect();
    format!("{letters}{}", number(row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_named_as_in_formulas() {
        let cells = [(0, 0), (8, 25), (9, 26), (0, 701), (0, 702), (1_048_575, 16_383)];
        assert_eq!(cells.map(reference), ["A1", "Z9", "AA10", "ZZ1", "AAA1", "XFD1048576"]);
    }
}
