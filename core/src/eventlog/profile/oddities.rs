//! Ids and activities that are not what they look like: words for "no value", lost digits, several spellings.

use super::roles::Role;
use super::sample::is_null_word;
use super::spellings::{Difference, Respelled, Spellings};
use crate::eventlog::report::problem::{Places, ProblemCode, Problems};
use crate::eventlog::report::text::grouped;

/// What was found in the columns of the case and of the activity.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    case: Found,
    activity: Found,
    /// What the row that is being read has; taken in when its line is known.
    row: Vec<(Role, Oddity, Box<[u8]>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Oddity {
    NullWord,
    ScientificNotation,
    NewSpelling,
}

#[derive(Debug, Default)]
struct Found {
    null_words: Places,
    scientific: Places,
    spellings: Spellings,
}

impl Oddities {
    /// Looks at the value of a case or an activity; true if its line is asked for.
    #[inline]
    pub fn see(&mut self, role: Role, hash: u64, value: &[u8], trimmed: &[u8]) -> bool {
        let found = if role == Role::Case { &mut self.case } else { &mut self.activity };
        (found.spellings.is_new(hash) || may_be_odd(trimmed)) && self.look(role, hash, value, trimmed)
    }

    #[cold]
    fn look(&mut self, role: Role, hash: u64, value: &[u8], trimmed: &[u8]) -> bool {
        let spellings = if role == Role::Case { &self.case.spellings } else { &self.activity.spellings };
        let oddity = if is_null_word(trimmed) {
            Oddity::NullWord
        } else if role == Role::Case && is_scientific(trimmed) {
            Oddity::ScientificNotation
        } else if spellings.is_known(hash, trimmed) {
            return false;
        } else {
            Oddity::NewSpelling
        };
        self.row.push((role, oddity, value.into()));
        true
    }

    /// Takes in what the row that ended has.
    #[cold]
    pub fn end_row(&mut self, line: &dyn Fn() -> u64) {
        for (role, oddity, value) in std::mem::take(&mut self.row) {
            let found = if role == Role::Case { &mut self.case } else { &mut self.activity };
            let example = || Some(String::from_utf8_lossy(&value).into_owned());
            match oddity {
                Oddity::NullWord => found.null_words.add(|| Some(line()), example),
                Oddity::ScientificNotation => found.scientific.add(|| Some(line()), example),
                Oddity::NewSpelling => found.spellings.add(&value, line()),
            }
        }
    }

    pub fn merge(&mut self, other: Self) {
        self.case.merge(other.case);
        self.activity.merge(other.activity);
    }

    /// Reports what was found in these columns.
    pub fn finish(self, case: Option<usize>, activity: Option<usize>, problems: &mut Problems) {
        if let Some(column) = case {
            self.case.finish(column, "case id", problems);
        }
        if let Some(column) = activity {
            self.activity.finish(column, "activity", problems);
        }
    }
}

impl Found {
    fn merge(&mut self, other: Self) {
        self.null_words.merge(other.null_words);
        self.scientific.merge(other.scientific);
        self.spellings.merge(other.spellings);
    }

    fn finish(self, column: usize, what: &str, problems: &mut Problems) {
        let mut report = |code, places: Places, message: String| {
            if places.count > 0 {
                problems.of_places(code, column, places, message);
            }
        };
        let message = format!("The {what} is a word for \"no value\".");
        report(ProblemCode::NullWord, self.null_words, message);
        let message = format!("The {what} is a number in scientific notation: its last digits are lost.");
        report(ProblemCode::DigitsLost, self.scientific, message);
        let at_least = if self.spellings.is_partial() { "at least " } else { "" };
        let (mut blanks, mut letters): (Vec<Respelled>, Vec<Respelled>) = (Vec::new(), Vec::new());
        for found in self.spellings.respelled() {
            if found.difference == Difference::Blanks { blanks.push(found) } else { letters.push(found) }
        }
        for (code, found, how) in [
            (ProblemCode::PaddedValue, blanks, "blanks around it"),
            (ProblemCode::LetterCase, letters, "other upper and lower case"),
        ] {
            let Some(first) = found.first() else { continue };
            let message = format!(
                "The {what} is the one of line {} with {how}, and counts as another: {at_least}{} such.",
                first.first_line,
                grouped(found.len() as i64)
            );
            let mut places = Places::default();
            found.iter().for_each(|found| places.add(|| Some(found.line), || None));
            report(code, places, message);
        }
    }
}

/// Whether a value has to be looked at every time: it is counted row by row.
#[inline]
fn may_be_odd(trimmed: &[u8]) -> bool {
    (trimmed.len() <= 6
        && trimmed
            .first()
            .is_some_and(|first| matches!(first, b'n' | b'N' | b'-' | b'(' | b'#' | b'<' | b'\\')))
        || is_scientific(trimmed)
}

/// `4.50012E+15`, as a spreadsheet writes a long number.
#[inline]
fn is_scientific(trimmed: &[u8]) -> bool {
    let [.., e, b'+', tens, ones] = trimmed else { return false };
    matches!(e, b'e' | b'E')
        && tens.is_ascii_digit()
        && ones.is_ascii_digit()
        && trimmed
            .iter()
            .take(trimmed.len() - 4)
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',' | b'-'))
}
