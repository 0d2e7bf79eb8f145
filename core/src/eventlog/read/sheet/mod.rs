//! Workbooks (xlsx, xlsb and xls): the sheet that looks like a log is read, and the others are named.

mod cell;
mod choose;
mod damage;
mod head;
mod log;
mod merged;
mod roles;
mod survey;
mod table;
#[cfg(test)]
mod tests;
mod workbook;

use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::eventlog::limits::Limits;
use crate::eventlog::profile::plan::Plan;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::stated::Stated;
use crate::eventlog::{Format, ReadError};

use log::{Done, Log};
use merged::Region;
use survey::Survey;
use workbook::Workbook;

/// The largest workbook that is read: a sheet has at most 1,048,576 rows, and the texts of a
/// workbook are held in memory.
const SIZE_LIMIT: u64 = 256 << 20;

pub(crate) fn read(
    mut file: impl Read + Seek,
    format: Format,
    stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    if file.seek(SeekFrom::End(0))? > SIZE_LIMIT {
        return Err(ReadError::TooLarge("the workbook is larger than 256 MiB".to_owned()));
    }
    file.rewind()?;
    // A damaged workbook may trip over an assumption inside the parser.
    let outcome = catch_unwind(AssertUnwindSafe(|| read_log(file, format, stated, limits)));
    outcome.unwrap_or_else(|_| Err(damage::damaged()))
}

fn read_log(
    file: impl Read + Seek,
    format: Format,
    stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    let mut workbook = Workbook::open(file, format)?;
    let surveys = survey(&mut workbook, limits)?;
    let chosen = choose::choose(&surveys, stated.sheet.as_deref())?;
    let Some(sheet) = surveys.get(chosen).map(|survey| &survey.sheet) else { return Err(ReadError::Empty) };
    let source = Source { workbook: &mut workbook, sheet, stated, limits };
    let mut outcome = source.read()?;
    choose::report_sheets(&surveys, chosen, &mut outcome);
    Ok(outcome)
}

/// The sheet that is read, as often as it takes.
struct Source<'a, F: Read + Seek> {
    workbook: &'a mut Workbook<F>,
    sheet: &'a workbook::Sheet,
    stated: &'a Stated,
    limits: &'a Limits<'a>,
}

impl<F: Read + Seek> Source<'_, F> {
    fn read(mut self) -> Result<Outcome, ReadError> {
        let Some(mut done) = self.pass(None, &[])? else { return Ok(Outcome::default()) };
        let mut merged = Vec::new();
        if done.has_gaps {
            merged = self.workbook.merged(&self.sheet.name)?;
            merged = merged::of_table(merged, &done.table, done.last_row);
        }
        let over_rows = merged::over_rows(&merged, &done.table);
        if !over_rows.is_empty() {
            // The roles are clear only if the values of merged cells are seen in every row.
            done = self.pass(None, &over_rows)?.unwrap_or(done);
        }
        if let Some(better) = done.plan.corrected(&mut done.outcome.tally) {
            done = self.pass(Some(better), &over_rows)?.unwrap_or(done);
        }
        let Done { plan, table, mut outcome, .. } = done;
        merged::report(&merged, &table, &mut outcome.tally.problems);
        (outcome.names, outcome.roles) = (plan.names, plan.roles);
        Ok(outcome)
    }

    /// Reads the sheet from its start; nothing if it is empty.
    fn pass(&mut self, plan: Option<Plan>, merged: &[Region]) -> Result<Option<Done>, ReadError> {
        let mut log = Log::new(plan, merged, self.workbook.serial_start(), self.stated, self.limits);
        if self.sheet.has_cells {
            self.workbook.read(&self.sheet.name, |position, cell| log.take(position, cell))?;
        }
        log.finish()
    }
}

/// What each sheet holds. If only one can hold a log there is nothing to choose, and it is read just once.
fn survey<F: Read + Seek>(workbook: &mut Workbook<F>, limits: &Limits<'_>) -> Result<Vec<Survey>, ReadError> {
    let sheets = workbook.sheets();
    let is_choice = sheets.iter().filter(|sheet| sheet.has_cells).count() > 1;
    let survey = |sheet: workbook::Sheet| match is_choice && sheet.has_cells {
        true => Survey::take(sheet, workbook, limits),
        false => Ok(Survey::of(sheet)),
    };
    sheets.into_iter().map(survey).collect()
}
