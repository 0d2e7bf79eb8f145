//! Ids and activities that are written in more than one way: with blanks around them, or in other letters' case.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::distinct::hash;
use super::recent::Recent;

/// How many values are remembered. Beyond it only those whose hash ends in a number of zeros are, so that what is
/// remembered stays spread over the whole file. So many just fit into a table of hashes, which is filled to 7/8.
const MOST: usize = 7 << 11;
/// Values that were looked at a moment ago are not looked at again.
const RECENT: usize = 1 << 9;

/// How a value differs from an earlier one that means the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    /// Blanks before or behind it.
    Blanks,
    /// Upper and lower case.
    LetterCase,
}

/// One way in which a value is written, as hashes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling {
    raw: u64,
    trimmed: u64,
    /// What it means, whatever the case of its letters.
    folded: u64,
}

/// Remembers how values are written, in bounded memory.
#[derive(Debug)]
pub(crate) struct Spellings {
    recent: Recent,
    /// By the hash of a value as it is written: how, and in which line first.
    known: HashMap<u64, (Spelling, u64), RandomState>,
    /// How many zeros the hash of what is remembered ends in.
    level: u32,
}

/// A value that has another spelling before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Respelled {
    pub line: u64,
    pub first_line: u64,
    pub difference: Difference,
}

impl Default for Spellings {
    fn default() -> Self {
        Self { recent: Recent::new(RECENT), known: HashMap::default(), level: 0 }
    }
}

impl Spellings {
    /// Whether the value with this hash was not looked at a moment ago.
    #[inline]
    pub fn is_new(&mut self, hash: u64) -> bool {
        self.recent.is_new(hash)
    }

    /// The value with this hash is looked at again the next time.
    pub fn forget(&mut self, hash: u64) {
        self.recent.forget(hash);
    }

    /// The spelling of a value, if it is to be remembered: it is not known yet, and not left out.
    pub fn unknown(&self, raw: u64, trimmed: &[u8]) -> Option<Spelling> {
        let folded = fold(trimmed);
        let is_unknown = self.is_kept(folded) && !self.known.contains_key(&raw);
        is_unknown.then(|| Spelling { raw, trimmed: hash(trimmed), folded })
    }

    /// Remembers a value that is not known, and the line that it stands in.
    pub fn add(&mut self, spelling: Spelling, line: u64) {
        while self.known.len() >= MOST {
            self.raise(self.level + 1);
        }
        self.known.insert(spelling.raw, (spelling, line));
    }

    fn is_kept(&self, folded: u64) -> bool {
        folded.trailing_zeros() >= self.level
    }

    fn raise(&mut self, level: u32) {
        self.level = level;
        self.known.retain(|_, (spelling, _)| spelling.folded.trailing_zeros() >= level);
    }

    /// Adds what another worker remembers.
    pub fn merge(&mut self, other: Self) {
        self.raise(self.level.max(other.level));
        for (raw, (spelling, line)) in other.known {
            if self.is_kept(spelling.folded) {
                let (_, first) = self.known.entry(raw).or_insert((spelling, line));
                *first = line.min(*first);
            }
        }
        while self.known.len() > MOST {
            self.raise(self.level + 1);
        }
    }

    /// Whether values were left out: what was found is then a part of what there is.
    pub fn is_partial(&self) -> bool {
        self.level > 0
    }

    /// The values that are written in another way before, in the order of the file.
    pub fn respelled(self) -> Vec<Respelled> {
        let mut all: Vec<(Spelling, u64)> = self.known.into_values().collect();
        all.sort_unstable_by_key(|(spelling, line)| (spelling.folded, *line));
        let mut found = Vec::new();
        for same in all.chunk_by(|(one, _), (next, _)| one.folded == next.folded) {
            let Some(((first, first_line), others)) = same.split_first() else { continue };
            found.extend(others.iter().map(|(other, line)| Respelled {
                line: *line,
                first_line: *first_line,
                difference: match other.trimmed == first.trimmed {
                    true => Difference::Blanks,
                    false => Difference::LetterCase,
                },
            }));
        }
        found.sort_unstable();
        found
    }
}

/// The hash of what a value means, whatever the case of its letters.
fn fold(trimmed: &[u8]) -> u64 {
    if !trimmed.is_ascii()
        && let Ok(text) = std::str::from_utf8(trimmed)
    {
        return hash(text.to_lowercase().as_bytes());
    }
    let mut short = [0; 64];
    match short.get_mut(..trimmed.len()) {
        Some(short) => {
            short.copy_from_slice(trimmed);
            short.make_ascii_lowercase();
            hash(short)
        }
        None => hash(&trimmed.to_ascii_lowercase()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings<'a>(values: impl IntoIterator<Item = (&'a str, u64)>) -> Spellings {
        let mut spellings = Spellings::default();
        for (value, line) in values {
            let raw = hash(value.as_bytes());
            if spellings.is_new(raw)
                && let Some(spelling) = spellings.unknown(raw, value.trim_ascii().as_bytes())
            {
                spellings.add(spelling, line);
            }
        }
        spellings
    }

    #[test]
    fn blanks_and_letter_case_are_told_apart() {
        let found = spellings([("C1", 2), ("C2", 3), ("C1 ", 4), ("c2", 5), ("C1 ", 6), ("Ä", 7), ("ä", 8)]);
        let differences: Vec<_> =
            found.respelled().iter().map(|found| (found.first_line, found.line, found.difference)).collect();
        assert_eq!(
            differences,
            [(2, 4, Difference::Blanks), (3, 5, Difference::LetterCase), (7, 8, Difference::LetterCase)]
        );
    }

    #[test]
    fn workers_find_together_what_one_finds() {
        let mut left = spellings([("C1", 2), ("C3", 9)]);
        left.merge(spellings([("c1", 5), ("C1", 6), ("C3", 4)]));
        let found = left.respelled();
        assert_eq!(found, [Respelled { line: 5, first_line: 2, difference: Difference::LetterCase }]);
    }

    #[test]
    fn very_many_values_stay_bounded_and_are_still_found() {
        let values: Vec<String> = (0..200_000).flat_map(|id| [format!("C{id}"), format!("c{id}")]).collect();
        let spellings = spellings(values.iter().map(String::as_str).zip(2..));
        assert!(spellings.known.len() <= MOST && spellings.is_partial());
        assert!(spellings.respelled().len() > 1000);
    }
}
