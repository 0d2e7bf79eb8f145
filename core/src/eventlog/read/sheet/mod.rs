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

use log::Log;
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
    let mut pass = |plan: Option<Plan>| {
        let mut log = Log::new(plan, stated, limits);
        if sheet.has_cells {
            workbook.read(&sheet.name, |position, cell| log.take(position, cell))?;
        }
        log.finish(|| workbook.merged(&sheet.name))
    };
    let (mut plan, mut outcome) = pass(None)?;
    if let Some(better) = plan.as_mut().and_then(|plan| plan.corrected(&mut outcome.tally)) {
        (plan, outcome) = pass(Some(better))?;
    }
    if let Some(plan) = plan {
        (outcome.names, outcome.roles) = (plan.names, plan.roles);
    }
    choose::report_sheets(&surveys, chosen, &mut outcome);
    Ok(outcome)
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
