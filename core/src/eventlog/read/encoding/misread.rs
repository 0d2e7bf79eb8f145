//! Letters that were spoilt before the file was written: UTF-8 that was read as another encoding and written again, and
//! replacement characters.

use encoding_rs::WINDOWS_1251;

use super::charset::{Charset, IBM437, IBM850};

const CYRILLIC: Charset = Charset::Web(WINDOWS_1251);

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
        if let Some(origin) = twice_encoded(text, at) {
            let word = super::word_at(text, at);
            return Some(Misread { word, meant: Some(restored(word, origin)) });
        }
    }
    None
}

/// The letters from a place on are the bytes of one letter, such as `Ã¤`: as which encoding they were read.
fn twice_encoded(text: &str, at: usize) -> Option<Charset> {
    let (before, rest) = text.split_at(at);
    let in_word =
        |after: &str| before.ends_with(char::is_lowercase) || after.starts_with(char::is_alphabetic);
    origins(rest.chars().next()?).find(|origin| {
        let Some((meant, length)) = meant_letter(rest, *origin) else { return false };
        let (own, after) = rest.split_at(length);
        match meant {
            // After a capital such as Ã, a quote or a sign may be meant as it stands.
            _ if own.ends_with(['»', '”', '’', '“', '‘', '›']) && !after.starts_with(char::is_alphabetic) => {
                false
            }
            '\u{a0}'..='ÿ' | '\u{2010}'..='\u{2122}' | '\u{1f000}'.. => true,
            'Ā'..='ɏ' => in_word(after),
            // Other alphabets come in words: one letter alone is chance.
            _ => {
                meant.is_alphabetic()
                    && meant_letter(after, *origin).is_some_and(|(next, _)| next.is_alphabetic())
            }
        }
    })
}

/// The encodings in which a letter can stand for the first byte of another one.
fn origins(letter: char) -> impl Iterator<Item = Charset> {
    let found = match letter {
        'Ô' | 'Ð' | 'ð' => [Some(Charset::WINDOWS), Some(Charset::Dos(&IBM850))],
        'Â'..='ô' => [Some(Charset::WINDOWS), None],
        '┬' | '├' | '─' | '┼' => [Some(Charset::Dos(&IBM850)), None],
        'Γ' | '╨' | '╤' => [Some(Charset::Dos(&IBM437)), None],
        '¬' | '√' | 'ƒ' | '≈' | '‚' => [Some(Charset::MAC), None],
        'Р' | 'С' => [Some(CYRILLIC), None],
        _ => [None, None],
    };
    found.into_iter().flatten()
}

/// The letter whose bytes in UTF-8 are the first letters of a text, and how long they are.
fn meant_letter(text: &str, origin: Charset) -> Option<(char, usize)> {
    let lead = byte_of(text.chars().next()?, origin)?;
    let count = match lead {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let (mut bytes, mut length) = (Vec::with_capacity(count), 0);
    for letter in text.chars().take(count) {
        bytes.push(byte_of(letter, origin)?);
        length += letter.len_utf8();
    }
    let letter = std::str::from_utf8(&bytes).ok()?.chars().next()?;
    (letter >= '\u{a0}').then_some((letter, length))
}

/// The byte that a letter was before it was read.
fn byte_of(letter: char, origin: Charset) -> Option<u8> {
    match u8::try_from(letter) {
        Ok(byte) if byte.is_ascii() => None,
        // As Latin 1, which many take Windows-1252 for.
        Ok(byte) if origin == Charset::WINDOWS => Some(byte),
        _ => (0x80..=0xff).find(|byte| origin.decode(&[*byte]).0.starts_with(letter)),
    }
}

fn restored(word: &str, origin: Charset) -> String {
    let (mut text, mut rest) = (String::new(), word);
    while let Some(letter) = rest.chars().next() {
        let (meant, length) = meant_letter(rest, origin).unwrap_or((letter, letter.len_utf8()));
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
        Charset::WINDOWS.decode(text.as_bytes()).0.into_owned()
    }

    #[test]
    fn what_was_encoded_twice_is_restored() {
        for word in ["Tätigkeit", "Größe", "Ação", "À", "Łódź", "Действие", "活動の", "it’s", "5€", "😀"]
        {
            let found = twice(word);
            let misread = misread(&found).unwrap();
            assert_eq!((misread.word, misread.meant.as_deref()), (found.as_str(), Some(word)));
        }
        for (word, origin) in [
            ("Tätigkeit", Charset::Dos(&IBM850)),
            ("it’s", Charset::Dos(&IBM850)),
            ("Tätigkeit", Charset::MAC),
            ("it’s", Charset::MAC),
            ("it’s", Charset::Dos(&IBM437)),
            ("Действие", CYRILLIC),
            ("Действие", Charset::Dos(&IBM850)),
            ("Действие", Charset::Dos(&IBM437)),
        ] {
            let found = origin.decode(word.as_bytes()).0;
            assert_eq!(misread(&found).unwrap().meant.as_deref(), Some(word), "{found}");
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
            "Действие, Расчёт, РЁВ, Δράση, Γεια, 活動, العربية",
            "¬x, √2, 5 ≈ 6, ƒ, ┌──┬──┐, ├──, Rôle, CÔTÉ",
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
