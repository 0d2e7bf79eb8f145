//! Integers that are larger than a language's own numbers: they become strings, because a float would be another number.

use std::borrow::Cow;

/// No integer with fewer digits is out of any language's range.
const FEWEST_DIGITS: usize = 16;

/// JSON with the integers out of a range in quotes.
#[must_use]
pub fn exact_integers(json: &[u8], least: i128, most: i128) -> Cow<'_, [u8]> {
    if !may_hold(json) {
        return Cow::Borrowed(json);
    }
    let (mut exact, mut done, mut at) = (Vec::new(), 0, 0);
    while let Some(byte) = json.get(at) {
        let rest = json.get(at..).unwrap_or_default();
        let length = match byte {
            b'"' => string_length(rest),
            b'-' | b'0'..=b'9' => number_length(rest),
            _ => 1,
        };
        let token = rest.get(..length).unwrap_or_default();
        if token.len() >= FEWEST_DIGITS && is_out_of(token, least, most) {
            exact.extend_from_slice(json.get(done..at).unwrap_or_default());
            exact.extend([b"\"", token, b"\""].concat());
            done = at + length;
        }
        at += length;
    }
    exact.extend_from_slice(json.get(done..).unwrap_or_default());
    Cow::Owned(exact)
}

/// Whether so many digits stand beside each other: of so many, one is at a multiple of their number.
fn may_hold(json: &[u8]) -> bool {
    let mut steps = json.iter().enumerate().skip(FEWEST_DIGITS - 1).step_by(FEWEST_DIGITS);
    steps.any(|(at, byte)| byte.is_ascii_digit() && digits_around(json, at) >= FEWEST_DIGITS)
}

/// How many digits stand beside each other at a place.
fn digits_around(json: &[u8], at: usize) -> usize {
    let (before, from) = json.split_at_checked(at).unwrap_or((json, &[]));
    let before = before.iter().rev().take_while(|byte| byte.is_ascii_digit());
    before.count() + from.iter().take_while(|byte| byte.is_ascii_digit()).count()
}

/// The length of the string that a text begins with, its quotes included.
fn string_length(text: &[u8]) -> usize {
    let mut is_escaped = false;
    let end = text.iter().skip(1).position(|byte| {
        let is_end = *byte == b'"' && !is_escaped;
        is_escaped = *byte == b'\\' && !is_escaped;
        is_end
    });
    end.map_or(text.len(), |end| end + 2)
}

fn number_length(text: &[u8]) -> usize {
    let is_part = |byte: &u8| matches!(byte, b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9');
    text.iter().position(|byte| !is_part(byte)).unwrap_or(text.len())
}

/// Whether a number is an integer out of a range.
fn is_out_of(token: &[u8], least: i128, most: i128) -> bool {
    let digits = token.strip_prefix(b"-").unwrap_or(token);
    let is_integer = digits.iter().all(u8::is_ascii_digit);
    let number = std::str::from_utf8(token).ok().and_then(|text| text.parse::<i128>().ok());
    is_integer && number.is_none_or(|number| number < least || number > most)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(json: &str) -> String {
        let json = exact_integers(json.as_bytes(), i128::from(i64::MIN), i128::from(u64::MAX));
        String::from_utf8(json.into_owned()).unwrap()
    }

    #[test]
    fn an_integer_that_is_out_of_range_becomes_a_string() {
        let rows = [
            (r#"{"n":18446744073709551616}"#, r#"{"n":"18446744073709551616"}"#),
            ("[-9223372036854775809 , 1]", r#"["-9223372036854775809" , 1]"#),
            ("12345678901234567890123", "\"12345678901234567890123\""),
        ];
        for (json, wanted) in rows {
            assert_eq!(exact(json), wanted);
        }
        for json in [
            r#"{"n":18446744073709551615,"m":-9223372036854775808}"#,
            r#"{"18446744073709551616":"18446744073709551616"}"#,
            r#"["a \" 18446744073709551616"]"#,
            "[1234567890123456789012.5, 0.12345678901234567890, 1e3, 12345678901234567890123e1]",
        ] {
            assert_eq!(exact(json), json);
        }
    }

    proptest! {
        #[test]
        fn a_long_integer_is_found_wherever_it_is(before in "[a-z]{0,40}", digits in "[1-9][0-9]{19,60}") {
            prop_assume!(digits.parse::<u64>().is_err());
            let json = format!("{{\"{before}\":{digits},\"x\":\"{digits}\"}}");
            prop_assert_eq!(exact(&json), format!("{{\"{before}\":\"{digits}\",\"x\":\"{digits}\"}}"));
        }

        #[test]
        fn any_bytes_are_read_without_a_panic(json in proptest::collection::vec(proptest::num::u8::ANY, 0..80)) {
            let _ = exact_integers(&json, 0, 1);
        }
    }
}
