//! A value that is read from its start to its end.

/// What is left to read. A copy is a place to come back to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'a> {
    rest: &'a str,
}

/// Digits, and how many they are: `07` is a day, `2024` a year.
#[derive(Clone, Copy, Debug)]
pub(super) struct Number {
    pub value: i64,
    pub digits: usize,
}

/// As many digits as are certain to fit into 64 bits.
const MAX_DIGITS: usize = 18;
/// No-break spaces stand before AM and PM in what browsers and ICU write.
const BLANKS: [char; 5] = [' ', '\t', '\u{a0}', '\u{202f}', '\u{2009}'];

impl<'a> Cursor<'a> {
    pub fn new(value: &'a [u8]) -> Option<Self> {
        Some(Self { rest: std::str::from_utf8(value).ok()? })
    }

    pub fn is_at_end(self) -> bool {
        self.rest.is_empty()
    }

    pub fn rest(self) -> &'a str {
        self.rest
    }

    pub fn peek(self) -> Option<u8> {
        self.rest.as_bytes().first().copied()
    }

    /// Whether a digit is next.
    pub fn is_at_digit(self) -> bool {
        self.peek().is_some_and(|byte| byte.is_ascii_digit())
    }

    /// Whether all that is left is digits, perhaps with a point.
    pub fn is_number(self) -> bool {
        self.rest.trim_end().bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    }

    /// Skips the text if it is next.
    pub fn take(&mut self, text: &str) -> bool {
        let rest = self.rest.strip_prefix(text);
        self.rest = rest.unwrap_or(self.rest);
        rest.is_some()
    }

    /// Skips the first of the texts that is next.
    pub fn take_any(&mut self, texts: &[&str]) -> bool {
        texts.iter().any(|text| self.take(text))
    }

    /// Takes the next byte if it is one of these, which are ASCII.
    pub fn take_one_of(&mut self, bytes: &[u8]) -> Option<u8> {
        let byte = self.peek().filter(|byte| bytes.contains(byte))?;
        self.rest = self.rest.get(1..)?;
        Some(byte)
    }

    /// Skips blanks; true if there were any.
    pub fn skip_blanks(&mut self) -> bool {
        let length = self.rest.len();
        match self.peek() {
            Some(b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') | None => {}
            _ => self.rest = self.rest.trim_start_matches(BLANKS),
        }
        self.rest.len() < length
    }

    /// Takes all the digits that are next; nothing if they are none or too many.
    pub fn number(&mut self) -> Option<Number> {
        let bytes = self.rest.as_bytes();
        let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 || digits > MAX_DIGITS {
            return None;
        }
        let value = bytes.iter().take(digits).fold(0, |value, byte| value * 10 + i64::from(byte - b'0'));
        self.rest = self.rest.get(digits..)?;
        Some(Number { value, digits })
    }

    /// Takes so many digits, though more may follow.
    pub fn digits(&mut self, count: usize) -> Option<i64> {
        let (digits, rest) = self.rest.split_at_checked(count)?;
        self.rest = rest;
        digits
            .bytes()
            .try_fold(0, |value, byte| byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')))
    }

    /// Takes a number of so many digits.
    pub fn number_of(&mut self, digits: usize) -> Option<i64> {
        self.attempt(|cursor| cursor.number().filter(|number| number.digits == digits))
            .map(|number| number.value)
    }

    /// Takes all the letters that are next.
    pub fn word(&mut self) -> Option<&'a str> {
        let word = self.take_while(|c| c.is_alphabetic() || is_combining(c));
        (!word.is_empty()).then_some(word)
    }

    pub fn take_while(&mut self, is_part: impl Fn(char) -> bool) -> &'a str {
        let length = self.rest.find(|c| !is_part(c)).unwrap_or(self.rest.len());
        let (part, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        part
    }

    /// Reads on, or stays where it is if that gives nothing.
    pub fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut ahead = *self;
        let result = read(&mut ahead)?;
        *self = ahead;
        Some(result)
    }
}

/// An accent that is a character of its own, after its letter.
pub(super) fn is_combining(c: char) -> bool {
    ('\u{300}'..='\u{36f}').contains(&c)
}
