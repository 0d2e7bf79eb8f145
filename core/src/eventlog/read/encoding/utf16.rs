//! UTF-16 without a byte order mark.
//!
//! Delimiters, digits and line breaks are ASCII in every language, and have a zero byte beside them. In the wrong byte
//! order they are something else, and so are nearly all letters.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// The byte order of a text in UTF-16, by its beginning.
pub(crate) fn find(start: &[u8]) -> Option<&'static Encoding> {
    memchr::memchr(0, start)?;
    let (little, big) = (Reading::of(start, u16::from_le_bytes), Reading::of(start, u16::from_be_bytes));
    let is_bytes = is_text_of_bytes(start);
    // The wrong order may make ASCII of frequent letters, but no line breaks.
    let is = |own: Reading, other: Reading| {
        own.is_text(is_bytes) && (own.ascii > other.ascii * 2 || !other.is_text(is_bytes))
    };
    match () {
        () if is(little, big) => Some(UTF_16LE),
        () if is(big, little) => Some(UTF_16BE),
        () => None,
    }
}

/// What a text holds if it is UTF-16 in one byte order.
#[derive(Clone, Copy, Default)]
struct Reading {
    units: usize,
    ascii: usize,
    line_breaks: usize,
    /// Letters made of a line feed and another sign of ASCII: in a text of bytes, the ends of the lines.
    crossed: usize,
    /// What no text has: control characters, half a surrogate pair, what is for private use.
    bad: usize,
}

impl Reading {
    fn of(bytes: &[u8], order: fn([u8; 2]) -> u16) -> Self {
        let pairs = bytes.chunks_exact(2).filter_map(|pair| <[u8; 2]>::try_from(pair).ok());
        let mut reading = Self::default();
        for letter in char::decode_utf16(pairs.map(order)) {
            reading.units += 1;
            match letter.map(u32::from) {
                Ok(0x0a | 0x0d) => reading.line_breaks += 1,
                // With the separators of machines.
                Ok(0x01 | 0x09 | 0x1c..=0x7e) => reading.ascii += 1,
                Ok(0..=0x1f | 0x7f..=0x9f | 0x0a00 | 0xe000..=0xf8ff | 0xfffe..=0xffff) | Err(_) => {
                    reading.bad += 1;
                }
                Ok(unit) => reading.crossed += usize::from(is_crossed(unit)),
            }
        }
        reading.ascii += reading.line_breaks;
        reading
    }

    fn is_text(self, is_bytes: bool) -> bool {
        let is_clean = self.bad * 50 <= self.units;
        if is_bytes {
            // Text of bytes with some zeros in it, unless there is a zero beside nearly every letter.
            return is_clean && self.ascii * 2 > self.units;
        }
        is_clean
            && self.ascii * 50 >= self.units
            && self.line_breaks > 0
            && self.line_breaks * 8 >= self.crossed
    }
}

fn is_crossed(unit: u32) -> bool {
    let is_sign = |byte: u32| (0x20..=0x7e).contains(&byte);
    (unit & 0xff == 0x0a && is_sign(unit >> 8)) || (unit >> 8 == 0x0a && is_sign(unit & 0xff))
}

/// Whether the bytes are letters by themselves, but for zeros.
fn is_text_of_bytes(bytes: &[u8]) -> bool {
    let is_control = |byte: &&u8| matches!(byte, 1..=8 | 0x0b..=0x1f | 0x7f) && **byte != b'\r';
    let controls = bytes.iter().filter(is_control).count();
    let (mut end, mut cut) = (0, 0);
    let is_utf8 = bytes.utf8_chunks().all(|chunk| {
        end += chunk.valid().len() + chunk.invalid().len();
        // The end may cut a letter, and a zero may replace a part of one.
        let is_cut = chunk.valid().ends_with('\0') || bytes.get(end) == Some(&0);
        cut += usize::from(is_cut && !chunk.invalid().is_empty());
        chunk.invalid().is_empty() || is_cut || end == bytes.len()
    });
    is_utf8 && controls * 100 <= bytes.len() && cut * 100 <= bytes.len().max(100)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn both(text: &str) -> [Option<&'static Encoding>; 2] {
        [u16::to_le_bytes, u16::to_be_bytes]
            .map(|order| find(&text.encode_utf16().flat_map(order).collect::<Vec<_>>()))
    }

    #[test]
    fn every_script_is_found() {
        for line in [
            "a,b,c",
            "Größe;b",
            "案件番号,作業,備考,担当者",
            "案件1,受付上上上上上上,備考の文章が長めに続いています,総務部",
            "Номер дела;Действие;Время начала",
            "Υπόθεση;Δραστηριότητα;Έναρξη",
            "사례 번호,활동,담당자",
            "案件一,一,一二三,北京",
            "رقم الحالة,النشاط,المستخدم",
            "क्रमांक,गतिविधि,समय",
            "เลขที่,กิจกรรม,ผู้ใช้",
            "😀,😀😀,😀",
        ] {
            let text = format!("{line}\n").repeat(9);
            assert_eq!(both(&text), [Some(UTF_16LE), Some(UTF_16BE)], "{line}");
        }
        assert_eq!(both("a"), [Some(UTF_16LE), Some(UTF_16BE)]);
    }

    #[test]
    fn bytes_are_no_utf16() {
        for bytes in [
            &b""[..],
            b"a,b\n1,2\n",
            b"a,b\0\n1,2\n3,4\n",
            b"a\0b\0\n1,2,3,4,5,6,7\n",
            b"Pr\xfcfung,b\0,c\n1,2\n1,2\n1,\0\n",
            b"PK\x03\x04\0\0",
            &[0; 64],
            &[0xff; 64],
        ] {
            assert_eq!(find(bytes), None, "{bytes:?}");
        }
        let (japanese, _, _) = encoding_rs::SHIFT_JIS.encode("案件番号,作業,備考\n1,受付,上上\n");
        let damaged = [&japanese, &b"1,\0x,\n\0\n"[..]].concat();
        assert_eq!(find(&damaged), None);
    }

    proptest! {
        /// Text of bytes is never taken for UTF-16 for a few zeros in it.
        #[test]
        fn zeros_do_not_make_utf16(rows in prop::collection::vec("[a-zéü0-9,; ]{8,40}", 2..40), at in 0..1000usize) {
            let mut bytes = rows.join("\n").into_bytes();
            let at = at % bytes.len();
            bytes[at] = 0;
            prop_assert_eq!(find(&bytes), None);
        }

        #[test]
        fn a_table_in_any_script_is_found(
            rows in prop::collection::vec("([а-я]{2,9}|[一-龠]{1,6}|[가-힣]{2,5}|[ぁ-ん]{2,6}|[a-zäöü0-9]{1,8})(;([а-я]{2,9}|[一-龠]{1,6}|[0-9]{1,4})){2,4}", 4..40)
        ) {
            let text = rows.join("\n") + "\n";
            prop_assert_eq!(both(&text), [Some(UTF_16LE), Some(UTF_16BE)]);
        }
    }
}
