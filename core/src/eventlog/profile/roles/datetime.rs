//! Until `profile::datetime` reads every notation.

use crate::eventlog::profile::datetime::{self as exact, Moment};

pub(super) fn any(value: &[u8], month_first: bool) -> Option<Moment> {
    let text = std::str::from_utf8(value).ok()?.trim();
    exact::iso(text.as_bytes()).or_else(|| loose(text, month_first))
}

pub(super) fn clock(value: &[u8]) -> Option<i64> {
    let text = std::str::from_utf8(value).ok()?.trim();
    if !text.contains(':') {
        return None;
    }
    if !text.bytes().all(|b| {
        b.is_ascii_digit() || matches!(b, b':' | b'.' | b',' | b' ' | b'a' | b'A' | b'p' | b'P' | b'm' | b'M')
    }) {
        return None;
    }
    time(&tokens(text))
}

fn tokens(text: &str) -> Vec<String> {
    let mut out: Vec<String> = vec![];
    for c in text.chars() {
        let kind = |c: char| {
            if c.is_ascii_digit() {
                0
            } else if c.is_alphabetic() {
                1
            } else {
                2
            }
        };
        match out.last_mut() {
            Some(last) if last.chars().last().is_some_and(|l| kind(l) == kind(c) && kind(c) < 2) => {
                last.push(c)
            }
            _ => out.push(c.to_string()),
        }
    }
    out
}

fn time(tokens: &[String]) -> Option<i64> {
    let mut numbers = vec![];
    let mut half = None;
    for token in tokens {
        if token.bytes().all(|b| b.is_ascii_digit()) {
            numbers.push(token.clone());
        } else if token.eq_ignore_ascii_case("am") {
            half = Some(0)
        } else if token.eq_ignore_ascii_case("pm") {
            half = Some(12)
        }
    }
    let get = |i: usize| {
        numbers.get(i).map_or(Some(0), |n| if n.len() <= 2 { n.parse::<i64>().ok() } else { None })
    };
    let (mut h, m, s) = (get(0)?, get(1)?, get(2)?);
    if numbers.len() < 2 || h > 24 || m > 59 || s > 60 {
        return None;
    }
    if let Some(half) = half {
        h = h % 12 + half;
    }
    let frac = numbers.get(3).map_or(0, |f| format!("{f:0<6}")[..6].parse().unwrap_or(0));
    Some(((h * 60 + m) * 60 + s) * 1_000_000 + frac)
}

fn loose(text: &str, month_first: bool) -> Option<Moment> {
    const MONTHS: [&str; 26] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "jän", "fév",
        "mär", "avr", "mai", "juin", "juil", "aoû", "sept", "okt", "nov", "dez", "gen", "ene",
    ];
    let month_of = |w: &str| {
        let w = w.to_lowercase();
        if w.chars().count() < 3 {
            return None;
        }
        MONTHS.iter().position(|m| w.starts_with(m)).map(|i| (i % 12 + 1) as i64)
    };
    let all = tokens(text);
    let mut date: Vec<&String> = vec![];
    let mut rest = 0;
    let mut month = None;
    for (i, t) in all.iter().enumerate() {
        rest = i + 1;
        if t.bytes().all(|b| b.is_ascii_digit()) {
            date.push(t);
        } else if let Some(m) = month_of(t) {
            if month.is_none() {
                month = Some((date.len(), m));
            }
        } else if t.chars().all(char::is_alphabetic) && !date.is_empty() {
            return None;
        } else if t == ":" {
            return None;
        }
        if date.len() + usize::from(month.is_some()) == 3 {
            break;
        }
    }
    let n = |i: usize| date.get(i).and_then(|d: &&String| d.parse::<i64>().ok());
    let (y, m, d, ylen) = if let Some((_, m)) = month {
        (n(1)?, m, n(0)?, date[1].len())
    } else if date.len() == 3 && date[0].len() == 4 {
        (n(0)?, n(1)?, n(2)?, 4)
    } else if date.len() == 3 && month_first {
        (n(2)?, n(0)?, n(1)?, date[2].len())
    } else if date.len() == 3 {
        (n(2)?, n(1)?, n(0)?, date[2].len())
    } else {
        return None;
    };
    if (ylen != 4 && ylen != 2) || date.iter().any(|d| d.len() > 4) {
        return None;
    }
    if all.get(1).is_some_and(|s| month.is_none() && !matches!(s.as_str(), "/" | "." | "-" | " ")) {
        return None;
    }
    let y = if ylen == 2 { if y < 70 { y + 2000 } else { y + 1900 } } else { y };
    let day = exact::iso(format!("{y:04}-{m:02}-{d:02}").as_bytes())?;
    let tail = &all[rest.min(all.len())..];
    let at = if tail.iter().any(|t| t.bytes().all(|b| b.is_ascii_digit())) {
        time(tail)?
    } else if tail.iter().any(|t| t.chars().all(char::is_alphanumeric)) {
        return None;
    } else {
        0
    };
    Some(Moment::local(day.micros + at, true))
}
