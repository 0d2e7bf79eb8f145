//! Ids and activities that are not what they look like: words for "no value", lost digits, several spellings.

use super::roles::Role;
use super::sample::is_null_word;
use super::spellings::{Difference, Respelled, Spelling, Spellings};
use crate::eventlog::report::problem::{Places, ProblemCode, Problems};
use crate::eventlog::report::text::grouped;

/// What was found in the columns of the case and of the activity.
#[derive(Debug, Default)]
pub(crate) struct Oddities {
    case: Found,
    activity: Found,
    /// What the row that is being read has; taken in when its line is known.
    row: Vec<(Role, Oddity)>,
}

#[derive(Debug)]
enum Oddity {
    NullWord(Box<[u8]>),
    ScientificNotation(Box<[u8]>),
    NewSpelling(Spelling),
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
        found.spellings.is_new(hash) && self.look(role, hash, value, trimmed)
    }

    #[cold]
    fn look(&mut self, role: Role, hash: u64, value: &[u8], trimmed: &[u8]) -> bool {
        let found = if role == Role::Case { &mut self.case } else { &mut self.activity };
        let oddity = match Oddity::of(role, value, trimmed) {
            Some(oddity) => {
                // It is counted row by row.
                found.spellings.forget(hash);
                Some(oddity)
            }
            None => found.spellings.unknown(hash, trimmed).map(Oddity::NewSpelling),
        };
        oddity.map(|oddity| self.row.push((role, oddity))).is_some()
    }

    /// Takes in what the row that ended has.
    #[cold]
    pub fn end_row(&mut self, line: &dyn Fn() -> u64) {
        let example = |value: &[u8]| Some(String::from_utf8_lossy(value).into_owned());
        for (role, oddity) in self.row.drain(..) {
            let found = if role == Role::Case { &mut self.case } else { &mut self.activity };
            match oddity {
                Oddity::NullWord(value) => found.null_words.add(|| Some(line()), || example(&value)),
                Oddity::ScientificNotation(value) => {
                    found.scientific.add(|| Some(line()), || example(&value));
                }
                Oddity::NewSpelling(spelling) => found.spellings.add(spelling, line()),
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

impl Oddity {
    /// What is odd about a value by itself.
    fn of(role: Role, value: &[u8], trimmed: &[u8]) -> Option<Self> {
        if is_null_word(trimmed) {
            Some(Self::NullWord(value.into()))
        } else if role == Role::Case && is_scientific(trimmed) {
            Some(Self::ScientificNotation(value.into()))
        } else {
            None
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

/// `4.50012E+15`, as a spreadsheet writes a long number.
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
