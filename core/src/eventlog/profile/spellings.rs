//! Ids and activities that are written in more than one way: with blanks around them, or in other letters' case.

use std::collections::HashMap;

use foldhash::fast::RandomState;

use super::distinct::hash;

/// How many values are remembered. Beyond it only those whose hash ends in a number of zeros are, so that what is
/// remembered stays spread over the whole file.
const MOST: usize = 1 << 14;
/// Values that were looked at a moment ago are not looked at again: in most logs nearly all come from here.
const RECENT: usize = 1 << 10;

/// How a value differs from an earlier one that means the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Difference {
    /// Blanks before or behind it.
    Blanks,
    /// Upper and lower case.
    LetterCase,
}

/// One way in which a value is written.
#[derive(Clone, Debug)]
struct Spelling {
    raw: u64,
    trimmed: u64,
    line: u64,
}

/// Remembers how values are written, in bounded memory.
#[derive(Debug)]
pub(crate) struct Spellings {
    recent: Box<[u64]>,
    /// The spellings of each value by the hash of what it means; a second one is rare.
    known: HashMap<u64, Vec<Spelling>, RandomState>,
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
        Self { recent: vec![0; RECENT].into(), known: HashMap::default(), level: 0 }
    }
}

impl Spellings {
    /// Whether the value with this hash was not looked at a moment ago.
    #[inline]
    pub fn is_new(&mut self, hash: u64) -> bool {
        let place = usize::try_from(hash % RECENT as u64).unwrap_or_default();
        self.recent.get_mut(place).is_some_and(|recent| std::mem::replace(recent, hash) != hash)
    }

    /// Whether nothing is to be remembered of a value, because it is known in this spelling or left out.
    pub fn is_known(&self, raw: u64, trimmed: &[u8]) -> bool {
        let folded = fold(trimmed);
        !self.is_kept(folded)
            || self.known.get(&folded).is_some_and(|all| all.iter().any(|spelling| spelling.raw == raw))
    }

    /// Remembers a value that is not known, and the line that it stands in.
    #[cold]
    pub fn add(&mut self, value: &[u8], line: u64) {
        let trimmed = value.trim_ascii();
        let spelling = Spelling { raw: hash(value), trimmed: hash(trimmed), line };
        self.known.entry(fold(trimmed)).or_default().push(spelling);
        self.bound();
    }

    fn is_kept(&self, folded: u64) -> bool {
        folded.trailing_zeros() >= self.level
    }

    fn bound(&mut self) {
        while self.known.len() > MOST {
            self.level += 1;
            let level = self.level;
            self.known.retain(|folded, _| folded.trailing_zeros() >= level);
        }
    }

    /// Adds what another worker remembers.
    pub fn merge(&mut self, other: Self) {
        self.level = self.level.max(other.level);
        let level = self.level;
        self.known.retain(|folded, _| folded.trailing_zeros() >= level);
        for (folded, spellings) in other.known {
            if !self.is_kept(folded) {
                continue;
            }
            let own = self.known.entry(folded).or_default();
            for spelling in spellings {
                match own.iter_mut().find(|own| own.raw == spelling.raw) {
                    Some(own) => own.line = own.line.min(spelling.line),
                    None => own.push(spelling),
                }
            }
        }
        self.bound();
    }

    /// Whether values were left out: what was found is then a part of what there is.
    pub fn is_partial(&self) -> bool {
        self.level > 0
    }

    /// The values that are written in another way before, in the order of the file.
    pub fn respelled(self) -> Vec<Respelled> {
        let mut found = Vec::new();
        for mut spellings in self.known.into_values().filter(|spellings| spellings.len() > 1) {
            spellings.sort_by_key(|spelling| spelling.line);
            let mut rest = spellings.into_iter();
            let Some(first) = rest.next() else { continue };
            found.extend(rest.map(|other| Respelled {
                line: other.line,
                first_line: first.line,
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
            if spellings.is_new(raw) && !spellings.is_known(raw, value.trim_ascii().as_bytes()) {
                spellings.add(value.as_bytes(), line);
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
