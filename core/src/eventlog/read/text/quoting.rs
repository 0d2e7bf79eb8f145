//! Values that are quoted in another way than RFC 4180 has it, and their rewriting to that way.
//!
//! The readers of rows know RFC 4180 alone, which keeps them fast: other files are rewritten on their way to them. Line
//! breaks stay what they are, and so do the numbers of the lines.

use std::io::{self, Read};

/// Bytes read from the source at a time.
const CHUNK: usize = 64 << 10;
/// How many lines show how values are quoted.
const LINES: usize = 200;

/// How the quotes of a file differ from RFC 4180.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Quoting {
    /// Values are in single quotes.
    pub is_single: bool,
    /// A quote inside a value has a backslash before it.
    pub has_escapes: bool,
    /// Blanks stand between a delimiter and a quote.
    pub has_blanks: bool,
}

impl Quoting {
    pub fn is_standard(self) -> bool {
        self == Self::default()
    }

    /// How the values of a text seem to be quoted if they are separated like this.
    pub fn of(text: &str, delimiter: u8) -> Self {
        let (single, double) = (Edges::of(text, delimiter, b'\''), Edges::of(text, delimiter, b'"'));
        let is_single = single.opening > 0
            && single.opening == single.closing
            && single.lines * 2 >= single.all
            && double.lines == 0;
        let own = if is_single { &single } else { &double };
        let mark = if is_single { "\\'" } else { "\\\"" };
        Self {
            is_single,
            has_escapes: own.opening > 0 && text.contains(mark),
            has_blanks: delimiter != b' ' && own.spaced_lines * 2 >= own.all.max(1),
        }
    }

    /// The first line that shows it, and where it is.
    pub fn first_line(self, text: &str, delimiter: u8) -> Option<(usize, &str)> {
        let mut from = 0;
        for line in text.split_inclusive(['\n', '\r']) {
            if self.is_in(line.trim_end_matches(['\n', '\r']), delimiter) {
                return Some((from, line.trim_end()));
            }
            from += line.len();
        }
        None
    }

    fn is_in(self, line: &str, delimiter: u8) -> bool {
        let edges = Edges::of(line, delimiter, if self.is_single { b'\'' } else { b'"' });
        match self {
            Self { is_single: true, .. } => edges.opening > 0,
            Self { has_escapes: true, .. } => line.contains("\\\""),
            _ => edges.spaced_lines > 0,
        }
    }

    /// What is unusual about the quotes, as a sentence.
    pub fn describe(self) -> &'static str {
        match self {
            Self { is_single: true, .. } => "Values are in single quotes.",
            Self { has_escapes: true, .. } => "A quote inside a value is written with a backslash: \\\".",
            _ => "There are blanks between the delimiter and the quotes.",
        }
    }
}

/// How often a quote stands where a value begins or ends.
#[derive(Default)]
struct Edges {
    all: usize,
    opening: usize,
    closing: usize,
    /// Lines with a value that begins with the quote.
    lines: usize,
    /// Lines in which blanks stand between a delimiter and the quote.
    spaced_lines: usize,
}

impl Edges {
    fn of(text: &str, delimiter: u8, quote: u8) -> Self {
        let mut edges = Self::default();
        let lines = text.split(['\n', '\r']).filter(|line| !line.is_empty());
        for line in lines.take(LINES) {
            let (opening, spaced) = edges.see_line(line.as_bytes(), delimiter, quote);
            edges.all += 1;
            edges.lines += usize::from(opening > 0);
            edges.spaced_lines += usize::from(spaced > 0);
        }
        edges
    }

    /// Gives how many values begin with a quote, and before how many of these quotes there are blanks.
    fn see_line(&mut self, line: &[u8], delimiter: u8, quote: u8) -> (usize, usize) {
        let (mut opening, mut spaced) = (0, 0);
        for at in memchr::memchr_iter(quote, line) {
            let (before, after) = line.split_at(at);
            let gap = before.iter().rev().take_while(|byte| **byte == b' ').count();
            let before = before.len().checked_sub(gap + 1).and_then(|place| before.get(place));
            if before.is_none_or(|byte| *byte == delimiter) {
                opening += 1;
                spaced += usize::from(gap > 0 && before.is_some());
            }
            let after = after.iter().skip(1).find(|byte| **byte != b' ');
            self.closing += usize::from(after.is_none_or(|byte| *byte == delimiter));
        }
        self.opening += opening;
        (opening, spaced)
    }
}

/// Rewrites a text to the quotes of RFC 4180, piece by piece.
#[derive(Debug)]
pub(crate) struct Requoter {
    quoting: Quoting,
    delimiter: u8,
    state: State,
    /// Blanks that were read and not written yet: before a quote they are none of the value's.
    blanks: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// A value begins.
    Start,
    /// In a value without quotes, or behind the quotes of one.
    Plain,
    /// In a value with these quotes.
    Quoted(u8),
    /// Behind a backslash in a value with these quotes.
    Escape(u8),
    /// Behind a quote in a value with these quotes: the value is over, or the quote is part of it.
    Quote(u8),
    /// Behind the quotes of a value, and behind blanks.
    Behind,
}

impl Requoter {
    pub fn new(quoting: Quoting, delimiter: u8) -> Self {
        Self { quoting, delimiter, state: State::Start, blanks: 0 }
    }

    /// Takes a piece of the text, and appends what it becomes.
    pub fn feed(&mut self, piece: &[u8], out: &mut Vec<u8>) {
        piece.iter().for_each(|byte| self.take(*byte, out));
    }

    /// The text is over.
    pub fn finish(&mut self, out: &mut Vec<u8>) {
        match self.state {
            State::Quote(_) => out.push(b'"'),
            State::Escape(_) => out.push(b'\\'),
            _ => self.write_blanks(out),
        }
        self.state = State::Start;
    }

    fn take(&mut self, byte: u8, out: &mut Vec<u8>) {
        self.state = match self.state {
            State::Start | State::Behind if byte == b' ' && self.quoting.has_blanks => {
                self.blanks += 1;
                self.state
            }
            State::Start if byte == b'"' || (byte == b'\'' && self.quoting.is_single) => {
                self.blanks = 0;
                out.push(b'"');
                State::Quoted(byte)
            }
            State::Behind if self.ends_value(byte) => {
                self.blanks = 0;
                out.push(byte);
                State::Start
            }
            State::Start | State::Behind | State::Plain => {
                self.write_blanks(out);
                out.push(byte);
                if self.ends_value(byte) { State::Start } else { State::Plain }
            }
            State::Quoted(quote) => self.take_quoted(quote, byte, out),
            State::Escape(quote) => {
                if byte != quote && byte != b'\\' {
                    out.push(b'\\');
                }
                write_quoted(byte, out);
                State::Quoted(quote)
            }
            State::Quote(quote) => self.take_behind_quote(quote, byte, out),
        };
    }

    fn take_quoted(&self, quote: u8, byte: u8, out: &mut Vec<u8>) -> State {
        match byte {
            b'\\' if self.quoting.has_escapes => State::Escape(quote),
            byte if byte == quote => State::Quote(quote),
            byte => {
                write_quoted(byte, out);
                State::Quoted(quote)
            }
        }
    }

    fn take_behind_quote(&mut self, quote: u8, byte: u8, out: &mut Vec<u8>) -> State {
        if byte == quote {
            write_quoted(byte, out);
            return State::Quoted(quote);
        }
        if self.ends_value(byte) {
            out.extend([b'"', byte]);
            return State::Start;
        }
        if byte == b' ' && self.quoting.has_blanks {
            out.push(b'"');
            self.blanks = 1;
            return State::Behind;
        }
        if quote == b'"' {
            out.extend([b'"', byte]);
            return State::Plain;
        }
        // An apostrophe.
        out.push(quote);
        self.take_quoted(quote, byte, out)
    }

    fn ends_value(&self, byte: u8) -> bool {
        byte == self.delimiter || matches!(byte, b'\n' | b'\r')
    }

    fn write_blanks(&mut self, out: &mut Vec<u8>) {
        out.extend(std::iter::repeat_n(b' ', self.blanks));
        self.blanks = 0;
    }
}

/// Writes a byte of a quoted value.
fn write_quoted(byte: u8, out: &mut Vec<u8>) {
    if byte == b'"' {
        out.push(b'"');
    }
    out.push(byte);
}

/// A source whose quotes are rewritten.
#[derive(Debug)]
pub(crate) struct Requoted<R> {
    inner: R,
    requoter: Requoter,
    pending: Vec<u8>,
    taken: usize,
    is_ended: bool,
}

impl<R: Read> Requoted<R> {
    /// The requoter may have seen what comes before.
    pub fn new(inner: R, requoter: Requoter) -> Self {
        Self { inner, requoter, pending: Vec::new(), taken: 0, is_ended: false }
    }

    fn refill(&mut self) -> io::Result<()> {
        let mut raw = Vec::with_capacity(CHUNK);
        self.is_ended = self.inner.by_ref().take(CHUNK as u64).read_to_end(&mut raw)? == 0;
        self.pending.clear();
        self.taken = 0;
        self.requoter.feed(&raw, &mut self.pending);
        if self.is_ended {
            self.requoter.finish(&mut self.pending);
        }
        Ok(())
    }
}

impl<R: Read> Read for Requoted<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.pending.len() && !self.is_ended {
            self.refill()?;
        }
        let given = self.pending.get(self.taken..).unwrap_or_default().read(buf)?;
        self.taken += given;
        Ok(given)
    }
}

/// A whole text, rewritten.
pub(crate) fn requoted(text: &[u8], quoting: Quoting, delimiter: u8) -> Vec<u8> {
    let (mut requoter, mut out) = (Requoter::new(quoting, delimiter), Vec::with_capacity(text.len()));
    requoter.feed(text, &mut out);
    requoter.finish(&mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rewritten(text: &str) -> String {
        let quoting = Quoting::of(text, b',');
        String::from_utf8(requoted(text.as_bytes(), quoting, b',')).unwrap()
    }

    #[test]
    fn quotes_are_rewritten() {
        assert_eq!(
            rewritten("'a','b'\n'it''s, ok','x'\n'it's',''\n"),
            "\"a\",\"b\"\n\"it's, ok\",\"x\"\n\"it's\",\"\"\n"
        );
        assert_eq!(rewritten("'a','say \"x\"'\n"), "\"a\",\"say \"\"x\"\"\"\n");
        assert_eq!(rewritten("\"a\", \"b, c\" , d\n"), "\"a\",\"b, c\", d\n");
        assert_eq!(rewritten("\"5\\\" x, y\",\"\\\\\"\n"), "\"5\"\" x, y\",\"\\\"\n");
        assert_eq!(rewritten("'a', 'b'\n"), "\"a\",\"b\"\n");
        assert_eq!(rewritten("'don\\'t','a\\n'"), "\"don't\",\"a\\n\"");
    }

    #[test]
    fn usual_quotes_stay_what_they_are() {
        for text in [
            "a,b\n\"1, 2\",3\n",
            "a,b\nO'Brien,it's\n'tis,x\n",
            "a, b\n1, 2\n",
            "a,b\nC:\\dir,\"x\"\n",
            "He said,b\nx, \"y\"\n1,2\n3,4\n",
            "'a,b\n",
            "",
        ] {
            assert!(Quoting::of(text, b',').is_standard(), "{text}");
        }
    }

    proptest! {
        /// Text that is quoted as RFC 4180 has it stays what it is, also where blanks are looked for.
        #[test]
        fn standard_text_is_not_changed(text in "(a|b|,|\n|\"\",?)*", has_blanks: bool) {
            let quoting = Quoting { has_blanks, ..Quoting::default() };
            prop_assert_eq!(requoted(text.as_bytes(), quoting, b','), text.into_bytes());
        }

        #[test]
        fn pieces_of_any_size_give_the_same(text in "[ab ,'\"\\\\\n]{0,60}", flags in 0..8u8, size in 1..9usize) {
            let quoting =
                Quoting { is_single: flags & 1 != 0, has_escapes: flags & 2 != 0, has_blanks: flags & 4 != 0 };
            let mut pieces = Vec::new();
            let mut requoter = Requoter::new(quoting, b',');
            text.as_bytes().chunks(size).for_each(|piece| requoter.feed(piece, &mut pieces));
            requoter.finish(&mut pieces);
            prop_assert_eq!(&pieces, &requoted(text.as_bytes(), quoting, b','));
            let mut read = Vec::new();
            Requoted::new(text.as_bytes(), Requoter::new(quoting, b',')).read_to_end(&mut read).unwrap();
            prop_assert_eq!(pieces, read);
            prop_assert_eq!(
                memchr::memchr_iter(b'\n', &requoted(text.as_bytes(), quoting, b',')).count(),
                memchr::memchr_iter(b'\n', text.as_bytes()).count()
            );
        }
    }
}
