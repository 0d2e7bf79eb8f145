//! A place in a piece of markup, and what XML can have there.

use crate::eventlog::read::xes::fault::Fault;

/// A place in a piece of markup.
#[derive(Debug)]
pub(super) struct Cursor<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Cursor<'a> {
    pub fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub fn offset(&self) -> usize {
        self.at
    }

    pub fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    pub fn advance(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Passes blanks; whether there were any.
    #[inline]
    pub fn skip_blanks(&mut self) -> bool {
        let start = self.at;
        while self.peek().is_some_and(is_blank) {
            self.at += 1;
        }
        self.at > start
    }

    /// Passes this text, if it is what comes next.
    #[inline]
    pub fn take(&mut self, text: &str) -> bool {
        let is_next = self.rest().as_bytes().starts_with(text.as_bytes());
        if is_next {
            self.at += text.len();
        }
        is_next
    }

    pub fn expect(&mut self, text: &str) -> Result<(), Fault> {
        if self.take(text) { Ok(()) } else { Err(self.fault(format!("`{text}` is missing"))) }
    }

    pub fn expect_blanks(&mut self) -> Result<(), Fault> {
        if self.skip_blanks() { Ok(()) } else { Err(self.fault("a blank is missing")) }
    }

    /// A name that may have a prefix, as those of elements and attributes.
    #[inline]
    pub fn qualified_name(&mut self) -> Result<&'a str, Fault> {
        let start = self.at;
        self.name()?;
        if self.peek() == Some(b':') {
            self.at += 1;
            self.name()?;
        }
        Ok(self.text.get(start..self.at).unwrap_or_default())
    }

    /// A name without a colon.
    #[inline]
    pub fn name(&mut self) -> Result<&'a str, Fault> {
        let starts =
            |first: char| is_name(first) && !matches!(first, '-' | '.' | '0'..='9') && !is_extender(first);
        match self.peek() {
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_') => Ok(self.name_token()),
            Some(0x80..) if self.rest().chars().next().is_some_and(starts) => Ok(self.name_token()),
            _ => Err(self.fault("a name is missing, or starts with a character that no name can start with")),
        }
    }

    /// As many characters as can stand in a name, a colon not included.
    #[inline]
    pub fn name_token(&mut self) -> &'a str {
        let start = self.at;
        while let Some(byte) = self.peek() {
            self.at += match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'-' | b'.' => 1,
                0x80.. => match self.rest().chars().next().filter(|letter| is_name(*letter)) {
                    Some(letter) => letter.len_utf8(),
                    None => break,
                },
                _ => break,
            };
        }
        self.text.get(start..self.at).unwrap_or_default()
    }

    /// The text between quotes, and its offset.
    pub fn quoted(&mut self) -> Result<(&'a str, usize), Fault> {
        let quote = self.quote()?;
        let start = self.at;
        let Some(length) = memchr::memchr(quote, self.rest().as_bytes()) else {
            return Err(self.fault("a quote is never closed"));
        };
        self.at += length + 1;
        Ok((self.text.get(start..start + length).unwrap_or_default(), start))
    }

    /// Passes an opening quote.
    #[inline]
    pub fn quote(&mut self) -> Result<u8, Fault> {
        match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                Ok(quote)
            }
            _ => Err(self.fault("a value is missing or not in quotes")),
        }
    }

    pub fn fault(&self, reason: impl Into<String>) -> Fault {
        Fault::ill_formed(reason.into(), self.at)
    }
}

pub(super) fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

pub(super) fn is_all_blank(text: &str) -> bool {
    text.bytes().all(is_blank)
}

/// Whether a letter can stand in a name, by XML 1.0, fifth edition, without the letters for compatibility and those of
/// the other planes, which parsers of the editions before refuse. The colon, which separates a prefix, does not count.
fn is_name(letter: char) -> bool {
    matches!(letter,
        '-' | '.' | '0'..='9' | 'A'..='Z' | '_' | 'a'..='z'
        | '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{2ff}' | '\u{370}'..='\u{37d}' | '\u{37f}'..='\u{1fff}'
        | '\u{200c}'..='\u{200d}' | '\u{2070}'..='\u{218f}' | '\u{2c00}'..='\u{2fef}' | '\u{3001}'..='\u{d7ff}')
        || is_extender(letter)
}

/// Letters of names that no name starts with, beyond ASCII.
fn is_extender(letter: char) -> bool {
    matches!(letter, '\u{b7}' | '\u{300}'..='\u{36f}' | '\u{203f}'..='\u{2040}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        for (text, name) in
            [("a", "a"), ("_1-2.3 x", "_1-2.3"), ("größe=", "größe"), ("a:b:c", "a:b"), ("事件>", "事件")]
        {
            assert_eq!(Cursor::new(text).qualified_name().unwrap(), name);
        }
        for text in ["", "1a", "-a", ":a", "a:", "a:1", " a", "\u{b7}a", "×", "\u{300}"] {
            assert!(Cursor::new(text).qualified_name().is_err(), "{text}");
        }
    }

    #[test]
    fn quotes() {
        let mut cursor = Cursor::new("'a\"b' \"c'd\" 'e");
        assert_eq!(cursor.quoted().unwrap(), ("a\"b", 1));
        assert!(cursor.skip_blanks());
        assert_eq!(cursor.quoted().unwrap(), ("c'd", 7));
        assert!(cursor.quoted().is_err(), "a blank is no quote");
        cursor.skip_blanks();
        assert!(cursor.quoted().is_err(), "it is never closed");
    }
}
