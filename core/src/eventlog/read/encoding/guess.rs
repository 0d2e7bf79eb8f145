//! The encoding of a text that is not UTF-8, by its letters.
//!
//! The detector of browsers knows the encodings of the web. Where its guess puts signs into the middle of words, the
//! code pages of DOS and the Mac are tried; they are believed only if they make words of nearly all that is odd.

use std::collections::HashSet;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};

use super::charset::{Charset, IBM437, IBM850, IBM852};

/// What is looked at.
const WINDOW: usize = 64 << 10;

/// Tried in this order; of two that make the same text the first is taken.
const OTHERS: [Charset; 5] =
    [Charset::WINDOWS, Charset::Dos(&IBM850), Charset::MAC, Charset::Dos(&IBM437), Charset::Dos(&IBM852)];

/// What a text seems to be encoded in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Guess {
    pub charset: Charset,
    /// Its letters do not make sense, and no other encoding is clearly better.
    pub is_doubtful: bool,
}

/// The encoding of a text that is not UTF-8, by its letters. Nothing where it is UTF-8 but for a few of them.
pub(crate) fn guess(bytes: &[u8]) -> Option<Guess> {
    let bad = std::str::from_utf8(bytes).err()?.valid_up_to();
    let (from, to) = (bad.saturating_sub(WINDOW / 2), bytes.len().min(bad + WINDOW / 2));
    let window = bytes.get(from..to)?;
    let (mut good, mut bad) = (0, 0);
    for chunk in window.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    if good > bad {
        return None;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(window, true);
    let encoding = detector.guess(None, Utf8Detection::Deny);
    encoding.is_ascii_compatible().then(|| confirmed(window, Charset::Web(encoding)))
}

/// The detector's guess, or what makes more sense.
fn confirmed(window: &[u8], charset: Charset) -> Guess {
    // Lines in UTF-8 are told as such, and say nothing about the others.
    let is_other = |line: &&[u8]| std::str::from_utf8(line).is_err();
    let window = &window.split_inclusive(|byte| *byte == b'\n').filter(is_other).collect::<Vec<_>>().concat();
    let own = Oddity::of(&charset.decode(window).0);
    if own.is_none() {
        return Guess { charset, is_doubtful: false };
    }
    let mut others: Vec<_> = OTHERS
        .iter()
        .filter(|other| **other != charset)
        .map(|other| (Oddity::of(&other.decode(window).0), other))
        .filter(|(oddity, _)| oddity.is_slight() && oddity.sum * 4 <= own.sum)
        .collect();
    others.sort_by_key(|(oddity, _)| oddity.sum);
    let Some(((_, best), rest)) = others.split_first() else {
        return Guess { charset, is_doubtful: own.is_grave() };
    };
    let text = best.decode(window).0;
    let letters: HashSet<char> = text.chars().filter(|letter| !letter.is_ascii()).collect();
    // Central Europe's page has a letter in nearly every place, and so makes words of anything.
    let central = Charset::Dos(&IBM852);
    let is_chance = **best == central && letters.len() < 4;
    let has_rival = rest.iter().any(|(oddity, other)| {
        **other != central && oddity.is_near(&others) && other.decode(window).0 != text
    });
    if is_chance || has_rival {
        return Guess { charset, is_doubtful: true };
    }
    Guess { charset: **best, is_doubtful: false }
}

/// How little sense the letters of a text make.
#[derive(Clone, Copy, Debug, Default)]
struct Oddity {
    letters: usize,
    sum: usize,
    /// How many there are of what never is in a word.
    graves: usize,
}

impl Oddity {
    fn of(text: &str) -> Self {
        let mut oddity = Self::default();
        for_each_letter(text, |_, odd| {
            oddity.letters += 1;
            oddity.sum += odd;
            oddity.graves += usize::from(odd >= GRAVE);
        });
        oddity
    }

    /// A text may have a slip in it.
    fn is_none(self) -> bool {
        self.graves * 20 <= self.letters && self.sum <= self.letters
    }

    fn is_slight(self) -> bool {
        self.sum * 4 <= self.letters
    }

    fn is_grave(self) -> bool {
        self.graves > 0 && self.sum > self.letters
    }

    /// Whether the best of these is hardly any better.
    fn is_near(self, best: &[(Self, &Charset)]) -> bool {
        best.first().is_some_and(|(best, _)| self.sum <= best.sum + self.letters / 8)
    }
}

/// The first word whose letters make no sense.
pub(crate) fn odd_word(text: &str) -> Option<&str> {
    let mut found = None;
    for_each_letter(text, |at, odd| found = found.or((odd >= ODD).then_some(at)));
    Some(super::word_at(text, found?))
}

// How odd a letter is in its place: the middle of a word never has a sign, seldom a capital.
const GRAVE: usize = 4;
const ODD: usize = 2;
const RARE: usize = 1;

/// Visits every letter and sign that is not ASCII, with its place and how odd it is there.
fn for_each_letter(text: &str, mut visit: impl FnMut(usize, usize)) {
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        if !letter.is_ascii() {
            let after = letters.peek().map_or(' ', |(_, after)| *after);
            // Words of Latin letters have ASCII in between, but for a few.
            let is_alone =
                [before, letter, after].into_iter().all(|letter| !letter.is_ascii() && is_latin(letter));
            visit(at, oddness(before, letter, after).max(if is_alone { ODD } else { 0 }));
        }
        before = letter;
    }
}

fn oddness(before: char, letter: char, after: char) -> usize {
    match letter {
        '\u{80}'..='\u{9f}' | char::REPLACEMENT_CHARACTER | '\u{2500}'..='\u{259f}' => GRAVE,
        'ª' | 'º' if is_cased(before) && is_cased(after) => GRAVE,
        letter if letter.is_alphabetic() && is_latin(letter) => latin_oddness(before, letter, after),
        letter if letter.is_alphabetic() => other_script_oddness(before, letter, after),
        sign => sign_oddness(before, sign, after),
    }
}

fn latin_oddness(before: char, letter: char, after: char) -> usize {
    let case = match letter {
        'ß' if !before.is_alphabetic() && after.is_alphabetic() => GRAVE,
        'ß' => 0,
        // "TŠtigkeit": behind another capital, all are capitals.
        _ if letter.is_uppercase() && before.is_uppercase() && after.is_lowercase() => GRAVE,
        // "LetzteÄnderung" may be a heading.
        _ if letter.is_uppercase() && before.is_lowercase() => ODD,
        _ if letter.is_lowercase() && before.is_uppercase() && after.is_uppercase() => ODD,
        _ => 0,
    };
    let rarity = match letter {
        'ƒ' | 'Ÿ' | 'ﬁ' | 'ﬂ' => ODD + RARE,
        // Stands behind a vowel, as in "naïve".
        'ï' if before.is_ascii_alphabetic() && !"aeouy".contains(before.to_ascii_lowercase()) => ODD,
        'ÿ' => RARE,
        _ => 0,
    };
    case.max(rarity)
}

/// Two alphabets in one word.
fn other_script_oddness(before: char, letter: char, after: char) -> usize {
    let is_mixed = if letter.is_lowercase() || letter.is_uppercase() {
        is_latin(before) || is_latin(after)
    } else {
        // Chinese and the like often stand beside Latin letters, but not inside a word of them.
        before.is_ascii_alphabetic() && after.is_ascii_lowercase()
    };
    if is_mixed { GRAVE } else { 0 }
}

fn sign_oddness(before: char, sign: char, after: char) -> usize {
    let (follows, leads) = (is_cased(before), is_cased(after));
    match sign {
        '’' | '\u{a0}' | '\u{ad}' => 0,
        '–' | '—' | '·' if follows && leads => RARE,
        '„' | '‚' | '¿' | '¡' if follows => GRAVE,
        '‘' | '…' | '™' | '®' | '©' | '²' | '³' if follows && leads => ODD,
        _ if follows && leads => GRAVE,
        '¤' | 'ˆ' | '˜' | '¨' | '¸' | '´' | '¯' | '¦' | '¬' if follows || leads => ODD + RARE,
        '†' | '‡' | '¢' | '£' | '¥' | 'ˇ' | '˘' | '˙' | '˚' | '˝' | '˛' | '‗' if follows => {
            ODD + RARE
        }
        '√' | '∞' | '∂' | '∑' | '∏' | '∫' | '≈' | '∆' | '◊' | '≠' | '⌐' | '⌠' | '⌡' if follows || leads => {
            ODD + RARE
        }
        _ => 0,
    }
}

fn is_cased(letter: char) -> bool {
    letter.is_lowercase() || letter.is_uppercase()
}

fn is_latin(letter: char) -> bool {
    letter.is_ascii_alphabetic() || matches!(letter, 'À'..='ɏ' | 'ﬁ' | 'ﬂ' | 'µ' | 'ª' | 'º')
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::{Encoding, WINDOWS_1251, WINDOWS_1252};
    use proptest::prelude::*;

    /// Words as logs have them, by language, and the web's encoding of the language.
    const LANGUAGES: [(&str, &str); 16] = [
        (
            "windows-1252",
            "Tätigkeit,Prüfung,Büro Süd,Rückfrage,Größe,Straße,Änderung,Übergabe,Öffnung,für,GERÄT",
        ),
        (
            "windows-1252",
            "Activité,début,Créé,Réception,Qualité,à traiter,façon,être,Clôturé,modèle,où,Île,Même,déjà",
        ),
        (
            "windows-1252",
            "Aprobación,Número,Revisión,España,Año,Más,Petición,Técnico,Teléfono,¿Qué?,Ñandú,público",
        ),
        ("windows-1252", "Aktivitet,Påbörjad,Ärende,Åtgärd,Göteborg,Öppnad,Väntar,Klar för beslut,många,får"),
        ("windows-1252", "Sagsområde,Gennemført,Ændring,Århus,Øst,Første,Træk,på,Søren,Åben,Kørsel,Færdig"),
        ("windows-1252", "Beëindigd,Coördinatie,Geïnspecteerd,Reünie,één,Definitief,Categorieën,België,Zoë"),
        ("windows-1252", "Aprovação,Não,Início,São Paulo,Conclusão,Endereço,Avaliação,Técnico,às,Órgão,três"),
        ("windows-1252", "it’s,“quoted”,5 °C,100 €,m²,½,x – y,Brand™,§ 5,ok…"),
        ("windows-1252", "Þjónusta,Aðgerð,Byrjað,Það,Lokið,Ísland,Öryggi,Verðið,Ákvörðun"),
        (
            "windows-1250",
            "Złożenie wniosku,Zakończenie,Czynność,Użytkownik,Dział Żółty,Śląsk,Łódź,Źródło,ręczne,Ósmy",
        ),
        (
            "windows-1250",
            "Činnost,Příjem,Žádost,Uživatel,Číslo případu,Schválení,Řešení,Šárka,Úkol,měsíc,Ťuk",
        ),
        ("windows-1251", "Номер дела,Действие,Время начала,Проверка,Согласование,Отдел Юг,Закрыто,ПРИЁМ"),
        ("windows-1253", "Δραστηριότητα,Έναρξη,Χρήστης,Υπόθεση,Ολοκλήρωση,Ώρα,Έγκριση"),
        ("windows-1254", "İşlem,Başlangıç,Kullanıcı,Süreç,Değişiklik,Çağrı,Öğle,Şube,Üretim,ılık"),
        ("Shift_JIS", "案件番号,作業,受付,審査,担当者,完了日時,備考の文章,東京支店"),
        ("GBK", "案件编号,活动,受理,审核,负责人,完成时间,备注,北京分公司"),
    ];

    fn encode(charset: Charset, text: &str) -> Option<Vec<u8>> {
        let letter_of = |byte: u8| charset.decode(&[byte]).0.chars().next();
        let high: Vec<char> = (0x80..=0xff).map(|byte| letter_of(byte).unwrap()).collect();
        let byte = |letter: char| match u8::try_from(letter) {
            Ok(byte) if byte.is_ascii() => Some(byte),
            _ => u8::try_from(high.iter().position(|other| *other == letter)? + 0x80).ok(),
        };
        text.chars().map(byte).collect()
    }

    fn table(words: &[&str]) -> String {
        let rows = words.chunks(2).zip(1..).map(|(row, at)| format!("{at};{};2024-01-01\n", row.join(";")));
        format!("Case;{};Activity\n{}", words.first().copied().unwrap_or_default(), rows.collect::<String>())
    }

    fn detected(bytes: &[u8]) -> &'static Encoding {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Deny)
    }

    #[test]
    fn letters_tell_the_encoding() {
        let of = |bytes: &[u8]| guess(bytes).map(|guess| guess.charset);
        assert_eq!(of("äöü".as_bytes()), None);
        assert_eq!(of(b"Vorg\xe4nge,Gr\xf6\xdfe\n"), Some(Charset::Web(WINDOWS_1252)));
        let (cyrillic, _, _) = WINDOWS_1251.encode("Номер дела,Действие,Время начала\n");
        assert_eq!(of(&cyrillic), Some(Charset::Web(WINDOWS_1251)));
        let mostly = ["äöüßéñ".as_bytes(), b"\xe4"].concat();
        assert_eq!(of(&mostly), None, "UTF-8 with one letter that is not");
    }

    #[test]
    fn whole_languages_in_code_pages_are_found() {
        for (charset, languages) in [
            (Charset::Dos(&IBM850), &[0, 1, 2, 3, 4, 5, 6][..]),
            (Charset::MAC, &[0, 1, 2, 3, 4, 5, 6]),
            (Charset::Dos(&IBM852), &[9, 10]),
        ] {
            for language in languages {
                let text = table(&LANGUAGES[*language].1.split(',').collect::<Vec<_>>());
                let found = guess(&encode(charset, &text).unwrap()).unwrap();
                assert_eq!(found.charset.name(), charset.name(), "{text}");
                assert!(!found.is_doubtful);
            }
        }
    }

    #[test]
    fn few_letters_are_found_or_said_to_be_doubtful() {
        let found =
            |bytes: &[u8]| guess(bytes).map(|guess| (guess.charset.name(), guess.is_doubtful)).unwrap();
        assert_eq!(found(b"Fall;T\x84tigkeit\n1;Pr\x81fung\n"), ("IBM850", false));
        assert_eq!(found(b"Fall;T\x8atigkeit\n1;Pr\x9ffung\n"), ("macintosh", false));
        assert!(found(b"Fall;T\x8atigkeit\n").1, "either of two");
        assert!(!found(b"Fall;Letzte\xc4nderung\n").1);
        assert_eq!(odd_word("Fall;T„tigkeit;x"), Some("T„tigkeit"));
        assert_eq!(odd_word("Fall;Tätigkeit; „x“ it’s"), None);
    }

    proptest! {
        /// What the detector has right stays as it is.
        #[test]
        fn an_encoding_of_the_web_is_never_taken_for_a_code_page(
            language in 0..LANGUAGES.len(), picks in prop::collection::vec(0..100usize, 1..30)
        ) {
            let (label, words) = LANGUAGES[language];
            let words: Vec<_> = words.split(',').collect();
            let words: Vec<_> = picks.iter().map(|pick| words[pick % words.len()]).collect();
            let text = table(&words);
            let (bytes, _, has_errors) = Encoding::for_label(label.as_bytes()).unwrap().encode(&text);
            prop_assert!(!has_errors);
            if let Some(found) = guess(&bytes) {
                prop_assert_eq!(found.charset, Charset::Web(detected(&bytes)));
            }
        }

        /// A text in a code page is decoded right, or said to be doubtful.
        #[test]
        fn a_code_page_is_never_wrong_without_a_word(
            page in 0..3usize, language in 0..7usize, picks in prop::collection::vec(0..100usize, 2..30)
        ) {
            let words: Vec<_> = LANGUAGES[language].1.split(',').collect();
            let words: Vec<_> = picks.iter().map(|pick| words[pick % words.len()]).collect();
            let text = table(&words);
            let charset = [Charset::Dos(&IBM850), Charset::MAC, Charset::Dos(&IBM437)][page];
            let Some(bytes) = encode(charset, &text) else { return Ok(()) };
            // What is a word or a quote in either encoding shows nothing.
            let oddity = Oddity::of(&Charset::Web(detected(&bytes)).decode(&bytes).0);
            prop_assume!(oddity.graves * 20 > oddity.letters);
            if let Some(found) = guess(&bytes) {
                let read = found.charset.decode(&bytes).0;
                prop_assert!(found.is_doubtful || read == text, "{} read as {} in {}", text, read, found.charset.name());
            }
        }
    }
}
