//! Delimited text: csv, tsv and txt. Read and cut on one thread, checked by two others.

mod cut;
mod dialect;
mod head;
mod letters;
mod notes;
mod one_column;
mod pass;
mod quoting;
mod rows;
mod sep_line;
#[cfg(test)]
mod tests;
mod unnamed;

use std::io::{Cursor, Read, Seek};
use std::ops::Range;

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8};

use self::cut::{Block, Cutter};
use self::dialect::Dialect;
use self::head::Head;
use self::letters::{LetterFinder, Letters};
use self::notes::Notes;
use self::quoting::Requoter;
use self::rows::Layout;
use crate::eventlog::limits::{Limits, check_count};
use crate::eventlog::profile::plan::Plan;
use crate::eventlog::profile::sample::Sample;
use crate::eventlog::profile::tally::Tally;
use crate::eventlog::read::encoding;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::report::problem::{ProblemCode, Problems};
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
    let letters = LetterFinder::new(marked.is_some_and(|encoding| encoding != UTF_8));
    let (table, mut cutter) = open(text, format, letters, limits)?;
    let Table { header_row, header_is_data, names, sample, is_whole, layout, problems } = table;
    let plan = plan_of(names, sample, is_whole)?;

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

/// Reads the head of a text: what the table is like. Gives it, and what cuts the rows.
fn open<'a>(
    mut text: Box<dyn Read + 'a>,
    format: Format,
    mut letters: LetterFinder,
    limits: &Limits<'_>,
) -> Result<(Table, Cutter<impl Read + 'a>), ReadError> {
    let mut head = Head::read(&mut text, limits)?;
    encoding::check_text(&head.bytes)?;
    let own = letters.find(head.lines());
    let dialect = Dialect::of(&own.to_text(head.lines()), default_delimiter(format));
    if !dialect.quoting.is_standard() {
        text = Box::new(head.requote(text, Requoter::new(dialect.quoting, dialect.delimiter)));
    }
    let table = if dialect.sep_line.is_some() { head.second_line() } else { 0 };
    let header = head.find_record(&mut text, dialect.delimiter, table, dialect.header.record)?;
    if header.is_empty() {
        return Err(ReadError::Empty);
    }
    let table = Table::of(&head, table, header.clone(), own, &dialect)?;
    let line = head.line_of(header.end);
    head.bytes.shrink_to_fit();
    let mut rows = Cursor::new(head.bytes);
    rows.set_position(header.end as u64);
    Ok((table, Cutter::new(rows.chain(text), dialect.delimiter, line, letters)))
}

/// The columns, as the first rows show them.
struct Table {
    header_row: u64,
    header_is_data: bool,
    names: Vec<String>,
    /// The first rows, and whether there are no others.
    sample: Sample,
    is_whole: bool,
    layout: Layout,
    /// What is wrong with the headings and what stands above them.
    problems: Problems,
}

impl Table {
    fn of(
        head: &Head,
        start: usize,
        header: Range<usize>,
        letters: Letters,
        dialect: &Dialect,
    ) -> Result<Self, ReadError> {
        let mut told = Tally::default();
        let layout = Layout { delimiter: dialect.delimiter, columns: 0 };
        let header_row = head.line_of(header.start);
        let bytes = head.bytes.get(header.clone()).unwrap_or_default().to_vec();
        let mut block = Block::of(bytes, header_row, dialect.delimiter, letters);
        block.decode_header(&mut told);
        let record = layout.reader(&block.bytes).byte_records().find_map(Result::ok).unwrap_or_default();
        check_count(record.len())?;
        let headings = record.iter().map(|name| String::from_utf8_lossy(name).into_owned());
        let names = dialect.unnamed.complete(headings);
        Notes { dialect, head, letters, table: start, header: &header, headings: record.len() }
            .tell(&mut told.problems);
        tell_faults(&names, letters, header_row, &mut told.problems);

        let rows = letters.decode(head.lines().get(header.end..).unwrap_or_default());
        let mut reader = layout.reader(&rows);
        let mut records = reader.byte_records().filter_map(Result::ok);
        let mut sample = Sample::new(names.len());
        records.by_ref().take(SAMPLE).for_each(|row: ByteRecord| sample.push_row(&row));
        let is_whole = head.is_whole && records.next().is_none();
        let layout = Layout { columns: names.len(), ..layout };
        let header_is_data = dialect.header.is_data;
        Ok(Self { header_row, header_is_data, names, sample, is_whole, layout, problems: told.problems })
    }
}

/// Tells the headings whose letters look wrong.
fn tell_faults(names: &[String], letters: Letters, row: u64, problems: &mut Problems) {
    for (place, name) in names.iter().enumerate() {
        if let Some(fault) = letters.fault(name) {
            let (line, example) = (|| Some(row), || Some(name.clone()));
            problems.add(ProblemCode::WrongLetters, Some(place), line, || fault, example);
        }
    }
}

fn default_delimiter(format: Format) -> u8 {
    if format == Format::Tsv { b'\t' } else { b',' }
}
