//! How the bytes of a text are letters, block by block, and what is odd about them.

use std::borrow::Cow;

use encoding_rs::WINDOWS_1252;
use memchr::{memchr_iter, memchr2_iter, memmem};

use super::cut::Block;
use super::rows::Lines;
use crate::eventlog::profile::tally::Tally;
use crate::eventlog::read::encoding::{self, Guess};
use crate::eventlog::report::problem::{ProblemCode, Problems};

/// How many blocks of UTF-8 that is not ASCII are searched for spoilt letters. To search all of them would cost more
/// than to read them; a file is spoilt as a whole, and so from its first letters on.
const SEARCHED_BLOCKS: u32 = 8;
/// U+FFFD in UTF-8.
const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();

/// How the bytes of a block are letters.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Letters {
    Utf8 {
        /// Spoilt letters are looked for.
        is_searched: bool,
    },
    /// UTF-8 with lines in between that are not.
    Mixed,
    Other(Guess),
}

/// Finds out how one block after the other is encoded.
#[derive(Debug)]
pub(crate) struct LetterFinder {
    /// The text was decoded already: what had no letter is a replacement character in it.
    is_decoded: bool,
    has_utf8: bool,
    searched: u32,
    /// The encoding that the text turned out to be in.
    pub other: Option<Guess>,
}

impl LetterFinder {
    pub fn new(is_decoded: bool) -> Self {
        Self { is_decoded, has_utf8: false, searched: 0, other: None }
    }

    pub fn find(&mut self, bytes: &[u8]) -> Letters {
        if simdutf8::basic::from_utf8(bytes).is_ok() {
            return match self.other {
                // All its lines are in another encoding than the rest.
                Some(other) if !bytes.is_ascii() => Letters::Other(other),
                _ => Letters::Utf8 { is_searched: self.is_searched(bytes) },
            };
        }
        if self.other.is_none() && !self.has_utf8 {
            self.other = encoding::guess(bytes);
            self.has_utf8 = self.other.is_none();
        }
        self.other.map_or(Letters::Mixed, Letters::Other)
    }

    fn is_searched(&mut self, bytes: &[u8]) -> bool {
        if self.searched < SEARCHED_BLOCKS && !bytes.is_ascii() {
            self.searched += 1;
            self.has_utf8 = true;
            return true;
        }
        self.is_decoded && memmem::find(bytes, REPLACEMENT).is_some()
    }
}

impl Letters {
    /// The bytes as UTF-8.
    pub fn decode(self, bytes: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Self::Utf8 { .. } => Cow::Borrowed(bytes),
            Self::Mixed => {
                Cow::Owned(lines(bytes).flat_map(|(_, line)| decode_line(line).into_owned()).collect())
            }
            Self::Other(guess) => match guess.charset.decode(bytes).0 {
                Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
                Cow::Owned(text) => Cow::Owned(text.into_bytes()),
            },
        }
    }

    pub fn to_text(self, bytes: &[u8]) -> String {
        String::from_utf8_lossy(&self.decode(bytes)).into_owned()
    }

    /// What is wrong with the letters of a heading.
    pub fn fault(self, heading: &str) -> Option<String> {
        if let Some(misread) = encoding::misread(heading) {
            return Some(misread.message());
        }
        let is_doubtful = matches!(self, Self::Other(Guess { is_doubtful: true, .. }));
        is_doubtful.then(|| encoding::odd_word(heading)).flatten().map(doubt)
    }
}

fn doubt(word: &str) -> String {
    format!("The letters look wrong: '{word}'.")
}

/// A line in UTF-8; one that is in another encoding is read as that of Western Windows.
fn decode_line(line: &[u8]) -> Cow<'_, [u8]> {
    if std::str::from_utf8(line).is_ok() {
        return Cow::Borrowed(line);
    }
    Cow::Owned(WINDOWS_1252.decode_without_bom_handling(line).0.into_owned().into_bytes())
}

impl Block {
    /// Tells what is odd about its bytes, and makes them UTF-8.
    pub fn decode(&mut self, tally: &mut Tally) {
        let Some(letters) = self.letters.take() else { return };
        self.tell_oddities(letters, &mut tally.problems);
        if let Letters::Utf8 { is_searched } = letters {
            if is_searched {
                self.tell_misread(&mut tally.problems);
            }
            return;
        }
        self.tell_mixed(letters, &mut tally.problems);
        let text = letters.decode(&self.bytes).into_owned();
        self.bytes = text;
        if let Letters::Other(guess) = letters {
            self.tell_wrong(guess, &mut tally.problems);
        }
    }

    /// Does the same for the header, whose headings are looked at one by one.
    pub fn decode_header(&mut self, problems: &mut Problems) {
        let Some(letters) = self.letters.take() else { return };
        self.tell_oddities(letters, problems);
        self.tell_mixed(letters, problems);
        self.bytes = letters.decode(&self.bytes).into_owned();
    }

    fn tell_oddities(&self, letters: Letters, problems: &mut Problems) {
        let lines = Lines::of(&self.bytes, self.first_line);
        let mut tell = |code, message: &str, at| {
            let (line, example) = (|| Some(lines.at(at)), || Some(letters.to_text(lines.text(at))));
            problems.add(code, None, line, || message.to_owned(), example);
        };
        for at in memchr_iter(0, &self.bytes) {
            tell(ProblemCode::NulByte, "There is a NUL byte.", at);
        }
        for at in &self.strays {
            tell(ProblemCode::StrayQuote, "There is a quote that does not enclose the whole value.", *at);
        }
        if let Some(at) = self.unclosed {
            tell(ProblemCode::UnclosedQuote, "The quote is never closed: all that follows is one value.", at);
        }
    }

    /// Tells the lines of UTF-8 whose letters were spoilt before.
    fn tell_misread(&self, problems: &mut Problems) {
        let numbers = Lines::of(&self.bytes, self.first_line);
        for (at, line) in lines(&self.bytes).filter(|(_, line)| !line.is_ascii()) {
            let Ok(text) = std::str::from_utf8(line) else { continue };
            if let Some(misread) = encoding::misread(text) {
                let (line, example) = (|| Some(numbers.at(at)), || Some(misread.word.to_owned()));
                problems.add(ProblemCode::WrongLetters, None, line, || misread.message(), example);
            }
        }
    }

    /// Tells the lines that are not in the encoding of the others.
    fn tell_mixed(&self, letters: Letters, problems: &mut Problems) {
        let numbers = Lines::of(&self.bytes, self.first_line);
        for (at, line) in lines(&self.bytes).filter(|(_, line)| !line.is_ascii()) {
            let is_utf8 = std::str::from_utf8(line).is_ok();
            let is_other = match letters {
                Letters::Utf8 { .. } => false,
                Letters::Mixed => !is_utf8,
                Letters::Other(_) => is_utf8,
            };
            if is_other {
                let message = || "The line is in another encoding than the rest.".to_owned();
                let example = || Some(String::from_utf8_lossy(&decode_line(line)).trim_end().to_owned());
                let line = || Some(numbers.at(at));
                problems.add(ProblemCode::MixedEncoding, None, line, message, example);
            }
        }
    }

    /// Tells the lines that make no sense in the encoding that was guessed, which was used for them.
    fn tell_wrong(&self, guess: Guess, problems: &mut Problems) {
        let has_lost = memmem::find(&self.bytes, REPLACEMENT).is_some();
        if !has_lost && !guess.is_doubtful {
            return;
        }
        let numbers = Lines::of(&self.bytes, self.first_line);
        for (at, line) in lines(&self.bytes).filter(|(_, line)| !line.is_ascii()) {
            let (Ok(text), row) = (std::str::from_utf8(line), || Some(numbers.at(at))) else { continue };
            if text.contains(char::REPLACEMENT_CHARACTER) {
                let message =
                    || format!("The line has bytes that are no letters in {}.", guess.charset.name());
                let example = || Some(text.trim_end().to_owned());
                problems.add(ProblemCode::MixedEncoding, None, row, message, example);
            } else if let Some(word) = guess.is_doubtful.then(|| encoding::odd_word(text)).flatten() {
                let example = || Some(word.to_owned());
                problems.add(ProblemCode::WrongLetters, None, row, || doubt(word), example);
            }
        }
    }
}

/// The lines of a block with their ends, and where each begins.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let mut from = 0;
    let ends = memchr2_iter(b'\n', b'\r', bytes).map(|end| end + 1).chain([bytes.len()]);
    ends.map(move |end| {
        let line = (from, bytes.get(from..end).unwrap_or_default());
        from = end;
        line
    })
}
