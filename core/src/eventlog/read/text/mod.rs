//! Delimited text: csv, tsv and txt. Read and cut on one thread, checked by two others.

mod cut;
mod dialect;
mod head;
mod letters;
mod notes;
mod one_column;
mod quoting;
mod rows;
mod sep_line;
#[cfg(test)]
mod tests;
mod unnamed;

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Seek};
use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::thread;

use csv::ByteRecord;
use encoding_rs::{Encoding, UTF_8};

use self::cut::{Block, Cutter};
use self::dialect::Dialect;
use self::head::Head;
use self::letters::{LetterFinder, Letters};
use self::notes::Notes;
use self::quoting::Requoter;
use self::rows::{Layout, Lines};
use crate::eventlog::limits::Limits;
use crate::eventlog::limits::check_count;
use crate::eventlog::profile::cases::Cases;
use crate::eventlog::profile::distinct::{Distinct, hash};
use crate::eventlog::profile::roles::{Role, Sample, roles};
use crate::eventlog::profile::tally::Tally;
use crate::eventlog::profile::timestamps::Stamps;
use crate::eventlog::profile::types::Guess;
use crate::eventlog::read::encoding;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::report::problem::ProblemCode;
use crate::eventlog::stated::Stated;
use crate::eventlog::{Format, ReadError};

/// The rows from which roles are found.
const SAMPLE: usize = 5000;
/// More than two wait for the one that reads.
const WORKERS: usize = 2;
/// Blocks on the way: one for each worker to work on, one that waits for it, and two to read and to merge.
const BLOCKS: usize = 2 * WORKERS + 2;

pub(crate) fn read(
    file: impl Read + Seek,
    format: Format,
    _stated: &Stated,
    limits: &Limits<'_>,
) -> Result<Outcome, ReadError> {
    let (marked, text) = encoding::start(file)?;
    let text = encoding::decoded(text, marked.unwrap_or(UTF_8));
    let mut told = Tally::default();
    let letters = LetterFinder::new(marked.is_some_and(|encoding| encoding != UTF_8));
    let (table, mut cutter) = open(text, format, letters, limits, &mut told)?;

    let mut first = Block::default();
    cutter.next(&mut first)?;
    let mut log = Log { cases: Cases::up_to(limits.cases), next: 0, waiting: BTreeMap::new() };
    let mut tally = table.tally();
    tally.problems = told.problems;
    if cutter.is_ended() {
        first.tally(table.layout, &mut tally)?;
        log.take(first, &mut tally);
    } else {
        read_parallel(&mut cutter, first, &table, &mut log, &mut tally, limits)?;
    }
    let guessed = cutter.letters.other.map(|guess| guess.charset.name());
    let encoding = marked.map(Encoding::name).or(guessed).unwrap_or(UTF_8.name());
    Ok(Outcome {
        delimiter: (table.names.len() > 1).then(|| char::from(table.layout.delimiter)),
        names: table.names,
        header_row: Some(table.header_row),
        header_is_data: Some(table.header_is_data),
        cases: log.cases,
        tally,
        encoding: Some(encoding),
    })
}

/// Reads the head of a text: what the table is like. Gives it, and what cuts the rows.
fn open<'a>(
    mut text: Box<dyn Read + 'a>,
    format: Format,
    mut letters: LetterFinder,
    limits: &Limits<'_>,
    told: &mut Tally,
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
    let table = Table::of(&head, table, header.clone(), own, &dialect, told)?;
    let line = head.line_of(header.end);
    let mut rows = Cursor::new(head.bytes);
    rows.set_position(header.end as u64);
    Ok((table, Cutter::new(rows.chain(text), dialect.delimiter, line, letters)))
}

/// This thread reads and merges, the others check.
fn read_parallel(
    cutter: &mut Cutter<impl Read>,
    first: Block,
    table: &Table,
    log: &mut Log,
    tally: &mut Tally,
    limits: &Limits<'_>,
) -> Result<(), ReadError> {
    let workers = thread::available_parallelism().map_or(1, |cores| cores.get().min(WORKERS));
    thread::scope(|scope| {
        let (done, finished) = channel();
        let mut queues = Vec::new();
        let mut handles = Vec::new();
        for _ in 0..workers {
            let (queue, blocks) = sync_channel(BLOCKS);
            let (done, tally, layout) = (Done(done.clone()), table.tally(), table.layout);
            let work = move || work(&blocks, &done, layout, tally);
            handles
                .push(thread::Builder::new().name("processmind-check".to_owned()).spawn_scoped(scope, work)?);
            queues.push(queue);
        }
        drop(done);
        let fed = feed(cutter, first, &queues, &finished, log, tally, limits);
        // Without more blocks the workers end.
        drop(queues);
        for handle in handles {
            match handle.join() {
                Ok(part) => tally.merge(part?),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        fed?;
        finished.iter().flatten().for_each(|block| drop(log.take(block, tally)));
        Ok(())
    })
}

/// Gives blocks back, and tells when its worker leaves, for whatever reason: nobody waits for one that is gone.
struct Done(Sender<Option<Block>>);

impl Drop for Done {
    fn drop(&mut self) {
        // Where nobody receives, all is over.
        let _ = self.0.send(None);
    }
}

fn work(blocks: &Receiver<Block>, done: &Done, layout: Layout, mut tally: Tally) -> Result<Tally, ReadError> {
    for mut block in blocks {
        block.tally(layout, &mut tally)?;
        if done.0.send(Some(block)).is_err() {
            break;
        }
    }
    Ok(tally)
}

/// Reads block after block for one worker after the other, and takes back what is done.
fn feed(
    cutter: &mut Cutter<impl Read>,
    first: Block,
    queues: &[SyncSender<Block>],
    finished: &Receiver<Option<Block>>,
    log: &mut Log,
    tally: &mut Tally,
    limits: &Limits<'_>,
) -> Result<(), ReadError> {
    let mut free: Vec<Block> = (1..BLOCKS).map(|_| Block::default()).collect();
    let mut queues = queues.iter().cycle();
    let mut next = Some(first);
    while let (Some(block), Some(queue)) = (next.take(), queues.next()) {
        limits.check()?;
        // A worker that is gone tells why when it is joined.
        if queue.send(block).is_err() {
            return Ok(());
        }
        let mut spare = loop {
            let Some(spare) = free.pop() else {
                match finished.recv() {
                    Ok(Some(block)) => free.extend(log.take(block, tally)),
                    Ok(None) | Err(_) => return Ok(()),
                }
                continue;
            };
            break spare;
        };
        next = cutter.next(&mut spare)?.then_some(spare);
    }
    Ok(())
}

/// The events of all blocks, in the order of the file.
struct Log {
    cases: Cases,
    next: usize,
    waiting: BTreeMap<usize, Block>,
}

impl Log {
    /// Takes a block that is done; gives back those that are merged.
    fn take(&mut self, block: Block, tally: &mut Tally) -> Vec<Block> {
        self.waiting.insert(block.index, block);
        let mut merged = Vec::new();
        while let Some(block) = self.waiting.remove(&self.next) {
            self.merge(&block, tally);
            self.next += 1;
            merged.push(block);
        }
        merged
    }

    fn merge(&mut self, block: &Block, tally: &mut Tally) {
        let lines = Lines::of(&block.bytes, block.first_line);
        for (event, start) in block.events.all.iter().zip(&block.events.starts) {
            if self.cases.add(*event) {
                let line = || Some(lines.of_record(usize::try_from(*start).unwrap_or(usize::MAX)));
                tally.tell_late(line);
            }
        }
    }
}

/// The columns, as the first rows show them.
struct Table {
    header_row: u64,
    header_is_data: bool,
    names: Vec<String>,
    roles: Vec<Option<Role>>,
    stamps: Stamps,
    layout: Layout,
}

impl Table {
    fn of(
        head: &Head,
        start: usize,
        header: Range<usize>,
        letters: Letters,
        dialect: &Dialect,
        told: &mut Tally,
    ) -> Result<Self, ReadError> {
        let layout = Layout { delimiter: dialect.delimiter, columns: 0 };
        let header_row = head.line_of(header.start);
        let bytes = head.bytes.get(header.clone()).unwrap_or_default().to_vec();
        let mut block = Block::of(bytes, header_row, dialect.delimiter, letters);
        block.decode_header(told);
        let record = layout.reader(&block.bytes).byte_records().find_map(Result::ok).unwrap_or_default();
        check_count(record.len())?;
        let headings = record.iter().map(|name| String::from_utf8_lossy(name).into_owned());
        let names = dialect.unnamed.complete(headings);
        Notes { dialect, head, letters, table: start, header: &header, headings: record.len() }
            .tell(&mut told.problems);
        tell_faults(&names, letters, header_row, told);

        let rows = letters.decode(head.lines().get(header.end..).unwrap_or_default());
        let rows: Vec<ByteRecord> =
            layout.reader(&rows).byte_records().filter_map(Result::ok).take(SAMPLE).collect();
        let values = |place: usize| rows.iter().filter_map(move |row| row.get(place));
        let samples: Vec<_> =
            names.iter().enumerate().map(|(place, name)| sample(name, rows.len(), values(place))).collect();
        let roles = roles(&samples);
        let timestamp = roles.iter().position(|role| *role == Some(Role::Timestamp));
        let stamps = Stamps::of_sample(timestamp.into_iter().flat_map(values));
        let layout = Layout { columns: names.len(), ..layout };
        Ok(Self { header_row, header_is_data: dialect.header.is_data, layout, names, roles, stamps })
    }

    fn tally(&self) -> Tally {
        Tally::new(self.roles.iter().copied(), self.stamps.clone())
    }
}

/// Tells the headings whose letters look wrong.
fn tell_faults(names: &[String], letters: Letters, row: u64, told: &mut Tally) {
    for (place, name) in names.iter().enumerate() {
        if let Some(fault) = letters.fault(name) {
            let (line, example) = (|| Some(row), || Some(name.clone()));
            told.problems.add(ProblemCode::WrongLetters, Some(place), line, || fault, example);
        }
    }
}

fn sample<'a>(name: &str, rows: usize, values: impl Iterator<Item = &'a [u8]>) -> Sample {
    let (mut guess, mut distinct, mut filled) = (Guess::new(), Distinct::new(1), 0);
    for value in values.map(<[u8]>::trim_ascii).filter(|value| !value.is_empty()) {
        guess.see_text(value);
        distinct.insert(hash(value));
        filled += 1;
    }
    Sample {
        name: name.to_owned(),
        kind: guess.kind(),
        rows: rows as u64,
        filled,
        distinct: distinct.count(),
    }
}

fn default_delimiter(format: Format) -> u8 {
    if format == Format::Tsv { b'\t' } else { b',' }
}
