//! Letters that were spoilt before the file was written: UTF-8 that was read as another encoding and written again, and
//! replacement characters.

use encoding_rs::WINDOWS_1252;

/// A word with spoilt letters.
#[derive(Debug, PartialEq)]
pub(crate) struct Misread<'a> {
    pub word: &'a str,
    /// What it was, where that can be said.
    pub meant: Option<String>,
}

impl Misread<'_> {
    /// What is wrong, as a sentence.
    pub fn message(&self) -> String {
        match &self.meant {
            Some(meant) => format!("The letters look wrong: '{}' should read '{meant}'.", self.word),
            None => "A letter was lost: there is a replacement character (U+FFFD) in its place.".to_owned(),
        }
    }
}

/// The first word of a text whose letters are spoilt.
pub(crate) fn misread(text: &str) -> Option<Misread<'_>> {
    if text.is_ascii() {
        return None;
    }
    for (at, letter) in text.char_indices().filter(|(_, letter)| !letter.is_ascii()) {
        if letter == char::REPLACEMENT_CHARACTER {
            return Some(Misread { word: super::word_at(text, at), meant: None });
        }
        if is_twice_encoded(text, at) {
            let word = super::word_at(text, at);
            return Some(Misread { word, meant: Some(restored(word)) });
        }
    }
    None
}

/// Whether the letters from a place on are the bytes of one letter, such as `Ã¤`.
fn is_twice_encoded(text: &str, at: usize) -> bool {
    let (before, rest) = text.split_at(at);
    let Some((meant, length)) = meant_letter(rest) else { return false };
    let (own, after) = rest.split_at(length);
    let in_word = before.ends_with(char::is_lowercase) || after.starts_with(char::is_alphabetic);
    match meant {
        // After a capital such as Ã, a quote or a sign may be meant as it stands.
        _ if own.ends_with(['»', '”', '’', '“', '‘', '›']) && !after.starts_with(char::is_alphabetic) => {
            false
        }
        '\u{a0}'..='ÿ' | '\u{2010}'..='\u{2122}' | '\u{1f000}'.. => true,
        'Ā'..='ɏ' => in_word,
        // Other alphabets come in words: one letter alone is chance.
        _ => meant_letter(after).is_some_and(|(next, _)| next.is_alphabetic()) && meant.is_alphabetic(),
    }
}

/// The letter whose bytes in UTF-8 are the first letters of a text, and how long they are.
fn meant_letter(text: &str) -> Option<(char, usize)> {
    let mut letters = text.chars();
    let lead = byte_of(letters.next()?)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let (mut bytes, mut length) = (Vec::with_capacity(count), 0);
    for letter in text.chars().take(count) {
        bytes.push(byte_of(letter)?);
        length += letter.len_utf8();
    }
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    (letter >= '\u{a0}').then_some((letter, length))
}

/// The byte that a letter was before it was read as Windows-1252, or as Latin 1.
fn byte_of(letter: char) -> Option<u8> {
    if let Ok(byte) = u8::try_from(letter) {
        return (byte >= 0x80).then_some(byte);
    }
    let mut own = [0; 4];
    let (bytes, _, has_errors) = WINDOWS_1252.encode(letter.encode_utf8(&mut own));
    match (&bytes[..], has_errors) {
        ([byte], false) => Some(*byte),
        _ => None,
    }
}

fn restored(word: &str) -> String {
    let (mut text, mut rest) = (String::new(), word);
    while let Some(letter) = rest.chars().next() {
        let (meant, length) = meant_letter(rest).unwrap_or((letter, letter.len_utf8()));
        text.push(meant);
        rest = rest.get(length..).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// UTF-8 read as Windows-1252, in which every byte is a letter or a control character.
    fn twice(text: &str) -> String {
        WINDOWS_1252.decode_without_bom_handling(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_is_restored() {
        for word in ["Tätigkeit", "Größe", "Ação", "À", "Łódź", "Действие", "活動の", "it’s", "5€", "😀"]
        {
            let found = twice(word);
            let misread = misread(&found).unwrap();
            assert_eq!((misread.word, misread.meant.as_deref()), (found.as_str(), Some(word)));
        }
        let message = misread("1;TÃ¤tigkeit;x").unwrap().message();
        assert_eq!(message, "The letters look wrong: 'TÃ¤tigkeit' should read 'Tätigkeit'.");
    }

    #[test]
    fn replacement_characters_are_found() {
        let found = misread("a;Pr\u{fffd}fung;b").unwrap();
        assert_eq!((found.word, found.meant), ("Pr\u{fffd}fung", None));
    }

    #[test]
    fn letters_that_are_meant_stay() {
        for text in [
            "Tätigkeit, Größe, Ação, NÃO, SÃO PAULO, È, ÅÄÖ, ÂGE",
            "«IRMû, „Option Ä“, «À», “É”, É–A, Ä°, 20 °C, 1 €",
            "Ð, Þórður, İstanbul, Łódź, Žluťoučký kůň",
            "Действие, Δράση, 活動, العربية",
            "plain",
        ] {
            assert_eq!(misread(text), None);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(text in "\\PC{0,40}") {
            misread(&text);
            misread(&twice(&text));
        }
    }
}
