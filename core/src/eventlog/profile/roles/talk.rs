//! What the values of a column talk of: of what is done, or of who does it.

use std::collections::HashSet;
use std::sync::LazyLock;

use foldhash::fast::RandomState;

use super::names::{folded, words};
use super::words::{ACTIONS, PEOPLE};

/// Distinct values of a column that are taken apart.
const TRIED: usize = 60;
/// The part of a value that is, in bytes.
const LENGTH: usize = 100;

/// Shares of the values of a column.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Talk {
    /// With a word for something that is done.
    pub actions: f64,
    /// That are only a word for somebody, perhaps with a number.
    pub people: f64,
    /// Of several words.
    pub phrases: f64,
    /// With digits and without a word.
    pub codes: f64,
    /// Written as a list or an object of a program.
    pub lists: f64,
}

impl Talk {
    pub fn of(values: &[&str]) -> Self {
        let step = values.len().div_ceil(TRIED).max(1);
        let values = values.iter().step_by(step);
        let lists = values.clone().filter(|value| value.starts_with(['[', '{'])).count();
        let tried: Vec<Vec<String>> = values.map(|value| words(start(value))).collect();
        let share = |test: fn(&[String]) -> bool| {
            tried.iter().filter(|words| test(words)).count() as f64 / tried.len().max(1) as f64
        };
        Self {
            actions: share(|words| words.iter().any(|word| is_action(word))),
            people: share(is_person),
            lists: lists as f64 / tried.len().max(1) as f64,
            codes: share(|words| has_digit(words) && !words.iter().any(|word| is_word(word))),
            phrases: share(|words| {
                words.iter().filter(|word| word.chars().all(char::is_alphabetic)).count() > 1
            }),
        }
    }
}

type Words = HashSet<String, RandomState>;

static ACTION_STEMS: LazyLock<Words> = LazyLock::new(|| folded(ACTIONS).collect());
static PEOPLE_WORDS: LazyLock<Words> = LazyLock::new(|| folded(PEOPLE).collect());

fn start(value: &str) -> &str {
    value.get(..value.floor_char_boundary(LENGTH)).unwrap_or(value)
}

fn is_action(word: &str) -> bool {
    word.char_indices()
        .map(|(at, letter)| at + letter.len_utf8())
        .skip(1)
        .take(14)
        .any(|end| word.get(..end).is_some_and(|start| ACTION_STEMS.contains(start)))
}

fn has_digit(words: &[String]) -> bool {
    words.iter().any(|word| word.chars().any(char::is_numeric))
}

/// Three letters, or one that is a word itself.
fn is_word(word: &str) -> bool {
    let letters = word.chars().filter(|letter| letter.is_alphabetic());
    letters.clone().count() >= 3 || letters.clone().any(|letter| letter > '\u{2e7f}')
}

fn is_person(words: &[String]) -> bool {
    let mut spelled = words.iter().filter(|word| word.chars().any(char::is_alphabetic));
    let is = |word: Option<&String>| word.is_some_and(|word| PEOPLE_WORDS.contains(word.as_str()));
    let first = spelled.next();
    let last = spelled.next_back();
    spelled.next().is_none() && (is(last) || (last.is_none() && is(first)))
}
