//! The elements of a log: one row for every event, with its attributes and those of its trace.

use crate::eventlog::ReadError;
use crate::eventlog::limits::Limits;
use crate::eventlog::profile::order::EventOrder;
use crate::eventlog::profile::roles::{self, Role};
use crate::eventlog::profile::tally::{Column, Tally, Value};
use crate::eventlog::read::xes::attribute::{Tag, Values};
use crate::eventlog::read::xes::classifier::Classifiers;
use crate::eventlog::read::xes::columns::{Columns, Owner};
use crate::eventlog::read::xes::fault::Fault;
use crate::eventlog::read::xes::roles::{Found, Roles};
use crate::eventlog::read::xes::tag::Element;
use crate::eventlog::report::build::Outcome;
use crate::eventlog::report::problem::{ProblemCode, shortened};
use crate::eventlog::stated::Stated;

/// How much of a trace is kept until it ends, because attributes of the trace may stand behind its events.
const TRACE_LIMIT: usize = 8 << 20;
/// No trace or event has more than this in its attributes.
const VALUES_LIMIT: usize = 64 << 20;

/// The elements that matter; attributes count only directly below an event or a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Level {
    Log,
    Trace,
    Event,
    Other,
}

/// A log, as far as it was read.
#[derive(Debug)]
pub(super) struct Log {
    roles: Roles,
    open: Vec<Level>,
    columns: Columns,
    classifiers: Classifiers,
    tally: Tally,
    order: EventOrder,
    trace: Trace,
    events: Events,
    /// How many traces have events.
    traces: u64,
}

/// The trace that is being read.
#[derive(Debug, Default)]
struct Trace {
    line: u64,
    number: u64,
    values: Values,
    has_events: bool,
    /// Its name was compared with those of other traces.
    is_known: bool,
}

/// The events of a trace that are no rows yet.
#[derive(Debug, Default)]
struct Events {
    values: Values,
    /// The line of each event, and where its values end.
    ends: Vec<(u64, usize)>,
    /// The line and the number of the event that is being read, and where its values start.
    line: u64,
    number: u64,
    start: usize,
}

impl Log {
    pub fn new(roles: Roles, limits: &Limits<'_>) -> Self {
        Self {
            roles,
            open: Vec::new(),
            columns: Columns::default(),
            classifiers: Classifiers::default(),
            tally: Tally::default(),
            order: EventOrder::up_to(limits.cases),
            trace: Trace::default(),
            events: Events::default(),
            traces: 0,
        }
    }

    pub fn open(&mut self, element: Element<'_>, line: u64) -> Result<(), Fault> {
        let level = self.see(element, line)?;
        self.open.push(level);
        Ok(())
    }

    pub fn close(&mut self) {
        match self.open.pop() {
            Some(Level::Event) => self.end_event(),
            Some(Level::Trace) => self.end_trace(),
            _ => {}
        }
    }

    fn see(&mut self, element: Element<'_>, line: u64) -> Result<Level, Fault> {
        Ok(match (self.open.last(), element.local_name()) {
            (None, "log") => Level::Log,
            (None, other) => {
                let reason = format!("the file is not XES: its root is <{}>, not <log>", shortened(other));
                return Err(Fault::markup(reason, 0));
            }
            (Some(Level::Log), "trace") => {
                self.start_trace(line);
                Level::Trace
            }
            (Some(Level::Log | Level::Trace), "event") => {
                self.start_event(line);
                Level::Event
            }
            (Some(level @ (Level::Trace | Level::Event)), tag @ ("trace" | "event" | "log")) => {
                let outer = if *level == Level::Trace { "<trace>" } else { "<event>" };
                return Err(misplaced(tag, outer));
            }
            (Some(Level::Log), "classifier") => {
                self.classifiers.add(element.value("scope"), element.value("keys").unwrap_or_default());
                Level::Other
            }
            (Some(Level::Other), tag @ ("trace" | "event")) if self.open.contains(&Level::Trace) => {
                return Err(misplaced(tag, "an attribute"));
            }
            (Some(Level::Trace), _) => {
                self.attribute(element, Owner::Trace, line)?;
                Level::Other
            }
            (Some(Level::Event), _) => {
                self.attribute(element, Owner::Event, line)?;
                Level::Other
            }
            _ => Level::Other,
        })
    }

    fn start_trace(&mut self, line: u64) {
        let Trace { number, mut values, .. } = std::mem::take(&mut self.trace);
        values.clear();
        self.trace = Trace { line, number: number + 1, values, ..Trace::default() };
    }

    fn start_event(&mut self, line: u64) {
        self.events.line = line;
        self.events.number += 1;
        self.events.start = self.events.values.len();
    }

    fn attribute(&mut self, element: Element<'_>, owner: Owner, line: u64) -> Result<(), ReadError> {
        let tag = Tag::of(element.local_name());
        let value = element.value("value").unwrap_or_default();
        let Some(key) = element.value("key") else {
            if tag != Tag::Other {
                report_missing_key(&mut self.tally, element.local_name(), value, line);
            }
            return Ok(());
        };
        let place = self.columns.place(owner, key)?;
        if place == self.tally.columns.len() {
            self.add_column(place);
        }
        let (number, values, start) = match owner {
            Owner::Trace => (self.trace.number, &mut self.trace.values, 0),
            Owner::Event => (self.events.number, &mut self.events.values, self.events.start),
        };
        if self.columns.is_twice(place, owner, number) {
            // The last one counts, as in other readers.
            values.remove(place, start);
            report_duplicate_key(&mut self.tally, place, value, line);
        }
        values.push(place, tag, value);
        if values.size() > VALUES_LIMIT {
            return Err(ReadError::TooLarge(
                "a trace or event has more than 64 MiB of attributes".to_owned(),
            ));
        }
        Ok(())
    }

    #[cold]
    fn add_column(&mut self, place: usize) {
        let role = self.columns.names.get(place).and_then(|name| self.roles.of(name));
        self.tally.columns.push(Column::new(role, place));
    }

    fn end_event(&mut self) {
        let Events { values, ends, line, .. } = &mut self.events;
        ends.push((*line, values.len()));
        let is_in_trace = self.open.last() == Some(&Level::Trace);
        if !is_in_trace || values.size() + size_of_val(&ends[..]) > TRACE_LIMIT {
            self.end_rows(is_in_trace);
        }
    }

    fn end_trace(&mut self) {
        self.end_rows(true);
        if self.trace.has_events {
            self.traces += 1;
            return;
        }
        // The attributes of a trace without events have a type all the same.
        for (place, _, value) in self.trace.values.all() {
            if let Some(column) = self.tally.columns.get_mut(place) {
                match value {
                    Value::Moment(moment, _) => column.guess.see_moment(moment),
                    Value::Typed(kind, _) => column.guess.see_kind(kind),
                    Value::Text(text) => drop(column.guess.see_text(text.trim_ascii())),
                }
            }
        }
    }

    /// Makes rows of the events that were read.
    fn end_rows(&mut self, is_in_trace: bool) {
        let mut from = 0;
        for (line, to) in self.events.ends.drain(..) {
            if is_in_trace {
                for (place, tag, value) in self.trace.values.all() {
                    see(&mut self.tally, place, tag, value, line);
                }
            }
            let has_shared_names = self.columns.has_shared_names && is_in_trace;
            for (place, tag, value) in self.events.values.get(from, to) {
                // The trace knows better which case it is.
                if !has_shared_names || !self.trace.values.has(place) {
                    see(&mut self.tally, place, tag, value, line);
                }
            }
            from = to;
            let Some(event) = self.tally.end_row(|| line) else { continue };
            if is_in_trace && !self.trace.is_known {
                self.trace.is_known = true;
                if self.order.cases.contains(event.case) {
                    report_duplicate_name(&mut self.tally, &self.trace);
                }
            }
            self.order.add(event, &mut self.tally, || line);
        }
        self.trace.has_events |= is_in_trace && from > 0;
        self.events.values.clear();
    }

    pub fn fallback(&self, stated: &Stated) -> Option<Roles> {
        let found = Found { tally: &self.tally, traces: self.traces };
        self.roles.fallback(stated, &self.columns, &self.classifiers, &found)
    }

    pub fn finish(self, stated: &Stated, encoding: &'static str) -> Result<Outcome, ReadError> {
        stated.places(&self.columns.names)?;
        Ok(Outcome {
            order: self.order,
            names: self.columns.names,
            roles: roles::Roles::certain(self.tally.columns.iter().map(|column| column.role)),
            tally: self.tally,
            encoding: Some(encoding),
            ..Outcome::default()
        })
    }
}

/// What is in it would be lost.
fn misplaced(tag: &str, outer: &str) -> Fault {
    Fault::markup(format!("the file is not XES: <{tag}> is inside {outer}"), 0)
}

/// Takes a value of the row that is being read.
#[inline]
fn see(tally: &mut Tally, place: usize, tag: Tag, value: Value<'_>, line: u64) {
    let is_time = tally.columns.get(place).is_some_and(|column| column.role == Some(Role::Timestamp));
    if is_time && !matches!(value, Value::Moment(..)) {
        report_wrong_time(tally, place, tag, value, line);
    } else {
        tally.see(place, value);
    }
}

#[cold]
fn report_wrong_time(tally: &mut Tally, place: usize, tag: Tag, value: Value<'_>, line: u64) {
    tally.see_unreadable(place, value);
    let message = || match tag {
        Tag::Date => "The value of the <date> is not a date in ISO 8601.".to_owned(),
        Tag::Other => "The timestamp is not a <date>.".to_owned(),
        tag => format!("The timestamp is of type <{}>, not <date>.", format!("{tag:?}").to_lowercase()),
    };
    let example = || Some(String::from_utf8_lossy(value.text()).into_owned());
    tally.problems.add(ProblemCode::UnreadableTimestamp, Some(place), || Some(line), message, example);
}

fn report_missing_key(tally: &mut Tally, tag: &str, value: &str, line: u64) {
    let message = || format!("A <{tag}> has no key.");
    let example = || Some(value.to_owned()).filter(|value| !value.is_empty());
    tally.problems.add(ProblemCode::InvalidAttribute, None, || Some(line), message, example);
}

fn report_duplicate_key(tally: &mut Tally, place: usize, value: &str, line: u64) {
    let message = || "The key occurs twice in one trace or event: the last one counts.".to_owned();
    tally.problems.add(
        ProblemCode::InvalidAttribute,
        Some(place),
        || Some(line),
        message,
        || Some(value.to_owned()),
    );
}

fn report_duplicate_name(tally: &mut Tally, trace: &Trace) {
    let place = tally.place_of(Role::Case);
    let name = trace.values.all().find(|(column, ..)| Some(*column) == place);
    let example = || name.map(|(_, _, value)| String::from_utf8_lossy(value.text()).into_owned());
    let message =
        || "The trace has the same name as an earlier one, so their events are one case.".to_owned();
    tally.problems.add(ProblemCode::DuplicateTraceName, place, || Some(trace.line), message, example);
}
