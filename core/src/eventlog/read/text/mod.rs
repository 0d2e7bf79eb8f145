//! Delimited text: csv, tsv and txt. Read and cut on one thread, checked by two others.

mod cut;
mod dialect;
mod head;
mod letters;
mod notes;
mod one_column;
mod opening;
mod pass;
mod quoting;
mod rows;
mod sep_line;
#[cfg(test)]
mod tests;
mod unnamed;

use std::io::{Read, Seek};

use encoding_rs::{Encoding, UTF_8};

use self::cut::Block;
use self::letters::LetterFinder;
use self::opening::Opening;
use crate::eventlog::limits::Limits;
use crate::eventlog::profile::plan::Plan;
use crate::eventlog::profile::sample::Sample;
use crate::eventlog::read::encoding;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::report::problem::Problems;
use crate::eventlog::stated::Stated;
use crate::eventlog::{Format, ReadError};

/// The rows from which roles are found.
const SAMPLE: usize = 5000;

pub(crate) fn read(
    mut source: impl Read + Seek,
    format: Format,
    stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    let plan_of = |names, sample, is_whole| Plan::of(names, sample, is_whole, stated);
    let (mut plan, mut outcome) = read_once(&mut source, format, limits, plan_of)?;
    if let Some(better) = plan.corrected(&mut outcome.tally) {
        source.rewind()?;
        (plan, outcome) = read_once(&mut source, format, limits, |_, _, _| Ok(better))?;
    }
    Ok(Outcome { names: plan.names, roles: plan.roles, ..outcome })
}

/// One pass, with a plan that is made of the headings, the first rows, and whether these are all.
fn read_once(
    source: impl Read,
    format: Format,
    limits: &Limits<'_>,
    plan_of: impl FnOnce(Vec<String>, Sample, bool) -> Result<Plan, ReadError>,
) -> Result<(Plan, Outcome), ReadError> {
    let (marked, text) = encoding::start(source)?;
    let text = encoding::decoded(text, marked.unwrap_or(UTF_8));
    let mut letters = LetterFinder::new(marked.is_some_and(|encoding| encoding != UTF_8));
    let (opening, rest) = Opening::read(text, default_delimiter(format), &mut letters, limits)?;
    let mut problems = Problems::default();
    let names = opening.names(&mut problems)?;
    let layout = opening.layout(names.len());
    let (header_row, header_is_data) = (opening.header_row(), opening.dialect.header.is_data);
    let (sample, is_whole) = opening.sample(layout.columns, SAMPLE);
    let plan = plan_of(names, sample, is_whole)?;

    let mut cutter = opening.into_rows(rest, letters);
    let mut first = Block::default();
    cutter.next(&mut first)?;
    let (mut tally, order) = pass::run(&mut cutter, first, &plan, layout, limits)?;
    tally.problems.merge(problems);
    let guessed = cutter.letters.other.map(|guess| guess.charset.name());
    let encoding = marked.map(Encoding::name).or(guessed).unwrap_or(UTF_8.name());
    let outcome = Outcome {
        delimiter: (layout.columns > 1).then(|| char::from(layout.delimiter)),
        header_row: Some(header_row),
        header_is_data: Some(header_is_data),
        order,
        tally,
        encoding: Some(encoding),
        ..Outcome::default()
    };
    Ok((plan, outcome))
}

fn default_delimiter(format: Format) -> u8 {
    if format == Format::Tsv { b'\t' } else { b',' }
}
