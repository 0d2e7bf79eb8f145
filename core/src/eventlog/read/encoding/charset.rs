//! The encodings of legacy text: those of the web, and the code pages of DOS, which are not among them.

use std::borrow::Cow;

use encoding_rs::{Encoding, MACINTOSH, WINDOWS_1252};

/// The encoding of a text that is not UTF-8. ASCII is ASCII in all of them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Charset {
    Web(&'static Encoding),
    Dos(&'static CodePage),
}

/// A code page of DOS: the letters of the bytes from 0x80 on.
#[derive(Debug, PartialEq)]
pub(crate) struct CodePage {
    name: &'static str,
    high: &'static str,
}

/// Western Europe, which Windows programs still write to a console.
pub(crate) static IBM850: CodePage = CodePage {
    name: "IBM850",
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀\
           ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
};
/// The first PCs.
pub(crate) static IBM437: CodePage = CodePage {
    name: "IBM437",
    high: "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀\
           αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
};
/// Central Europe.
pub(crate) static IBM852: CodePage = CodePage {
    name: "IBM852",
    high: "ÇüéâäůćçłëŐőîŹÄĆÉĹĺôöĽľŚśÖÜŤťŁ×čáíóúĄąŽžĘę¬źČş«»░▒▓│┤ÁÂĚŞ╣║╗╝Żż┐└┴┬├─┼Ăă╚╔╩╦╠═╬¤đĐĎËďŇÍÎě┘┌█▄ŢŮ▀\
           ÓßÔŃńňŠšŔÚŕŰýÝţ´\u{ad}˝˛ˇ˘§÷¸°¨˙űŘř■\u{a0}",
};

impl Charset {
    pub const WINDOWS: Self = Self::Web(WINDOWS_1252);
    pub const MAC: Self = Self::Web(MACINTOSH);

    /// The name of the WHATWG, or of IANA where the web has none.
    pub fn name(self) -> &'static str {
        match self {
            Self::Web(encoding) => encoding.name(),
            Self::Dos(page) => page.name,
        }
    }

    /// The letters of some bytes; what is none becomes U+FFFD, and is told.
    pub fn decode(self, bytes: &[u8]) -> (Cow<'_, str>, bool) {
        match self {
            Self::Web(encoding) => {
                let (text, has_errors) = encoding.decode_without_bom_handling(bytes);
                (text, has_errors)
            }
            Self::Dos(page) => (page.decode(bytes), false),
        }
    }
}

impl CodePage {
    fn decode(&self, bytes: &[u8]) -> Cow<'_, str> {
        let high: Vec<char> = self.high.chars().collect();
        let letter = |byte: &u8| match byte.checked_sub(0x80) {
            Some(place) => high.get(usize::from(place)).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
            None => char::from(*byte),
        };
        Cow::Owned(bytes.iter().map(letter).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_pages_have_a_letter_for_every_byte() {
        for page in [&IBM437, &IBM850, &IBM852] {
            assert_eq!(page.high.chars().count(), 128, "{}", page.name);
        }
        assert_eq!(Charset::Dos(&IBM850).decode(b"T\x84tigkeit \x9b\xa5\xe1").0, "Tätigkeit øÑß");
        assert_eq!(Charset::Dos(&IBM437).decode(b"50 \x9b, \xe0").0, "50 ¢, α");
        assert_eq!(Charset::Dos(&IBM852).decode(b"Czynno\x98\x86").0, "Czynność");
        assert_eq!(Charset::MAC.decode(b"T\x8atigkeit").0, "Tätigkeit");
    }
}
