//! The secrets of a request, and the search for them.

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use memchr::memchr3;

use super::BLANK;
use super::notation::{ESCAPES, character, is_escape, plain};
use super::pairs::Pairs;

/// What is shorter could be a part of any word.
const SHORTEST: usize = 6;

/// Secrets, the longest first: of two that begin alike it is the one that was meant. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    all: Vec<Arc<Secret>>,
    /// The neighbours in any of them.
    pairs: Pairs,
    /// The length of the shortest.
    shortest: usize,
}

/// What is blanked, and what stands in its place.
pub(super) struct Secret {
    pub text: Cow<'static, [u8]>,
    pub shown: Cow<'static, str>,
    /// Whether a value follows, which is blanked with it.
    pub has_value: bool,
}

impl Secret {
    pub fn new(text: impl Into<Cow<'static, [u8]>>, shown: impl Into<Cow<'static, str>>) -> Self {
        Self { text: text.into(), shown: shown.into(), has_value: false }
    }

    fn begins_with(&self, first: u8) -> bool {
        self.text.first().is_some_and(|own| own.eq_ignore_ascii_case(&first))
    }

    /// How many bytes of a text, from its start, are this secret.
    fn length_in(&self, text: &[u8]) -> Option<usize> {
        let mut length = 0;
        for wanted in self.text.iter() {
            let (found, width) = character(text.get(length..)?)?;
            if !found.eq_ignore_ascii_case(wanted) {
                return None;
            }
            length += width;
        }
        while self.has_value
            && let Some((found, width)) = text.get(length..).and_then(character)
            && (found.is_ascii_alphanumeric() || b"+/=-_.~@%".contains(&found))
        {
            length += width;
        }
        Some(length)
    }
}

impl Secrets {
    /// A secret, and what is left of it if its own escapes are escaped once more.
    pub fn add_text(&mut self, text: &str, shown: impl Into<Cow<'static, str>>) {
        let shown = shown.into();
        self.add(Secret::new(text.as_bytes().to_vec(), shown.clone()));
        if text.bytes().any(is_escape) {
            self.add(Secret::new(plain(text.as_bytes()), shown));
        }
    }

    /// The base64 of a secret, whatever stands before it in what is encoded: of its three forms that part which
    /// nothing but the secret decides.
    pub fn add_base64(&mut self, secret: &str) {
        for (before, affected) in [("", 0), ("?", 2), ("??", 3)] {
            let bytes = [before, secret].concat();
            let encoded = STANDARD_NO_PAD.encode(&bytes);
            let Some(own) = encoded.get(affected..bytes.len() * 8 / 6) else { continue };
            if own.contains(['+', '/']) {
                self.add(Secret::new(own.replace('+', "-").replace('/', "_").into_bytes(), BLANK));
            }
            self.add(Secret::new(own.as_bytes().to_vec(), BLANK));
        }
    }

    pub fn add(&mut self, secret: Secret) {
        let is_short = !secret.has_value && secret.text.len() < SHORTEST;
        if is_short || self.all.iter().any(|known| known.text == secret.text) {
            return;
        }
        self.pairs.add(&secret.text);
        let at = self.all.partition_point(|known| known.text.len() >= secret.text.len());
        self.all.insert(at, Arc::new(secret));
        self.shortest = self.all.last().map_or(0, |shortest| shortest.text.len());
    }

    /// A text up to so many bytes without these secrets; none if it has none.
    pub fn blanked(&self, text: &[u8], limit: usize) -> Option<Vec<u8>> {
        let end = limit.min(text.len());
        let (mut shown, mut done) = (Vec::new(), 0);
        while let Some((start, secret, length)) = self.next(text, done, end) {
            shown.extend_from_slice(text.get(done..start)?);
            shown.extend_from_slice(secret.shown.as_bytes());
            done = start + length;
        }
        if done == 0 {
            return None;
        }
        // Nothing is left if a secret reaches beyond the end.
        shown.extend_from_slice(text.get(done..end).unwrap_or_default());
        Some(shown)
    }

    /// The first secret that begins at a place from `at` up to `end`: the place, the secret, and its length there.
    ///
    /// A step is as long as the shortest secret but for a character. Whatever begins in it, and holds no escape in the
    /// characters that all secrets have, has its neighbours where the next step begins: elsewhere nothing is compared.
    fn next(&self, text: &[u8], mut at: usize, end: usize) -> Option<(usize, &Secret, usize)> {
        let step = self.shortest.checked_sub(1)?;
        let mut escape = None;
        while at < end {
            if escape.is_none_or(|escape| escape < at) {
                let [percent, backslash, ampersand] = ESCAPES;
                let next = memchr3(percent, backslash, ampersand, text.get(at..)?);
                escape = Some(next.map_or(usize::MAX, |next| at + next));
            }
            let after = at + step;
            let is_likely =
                self.pairs.are_at(text, after) || escape.is_some_and(|escape| escape < after + step);
            if is_likely && let Some(found) = (at..after.min(end)).find_map(|at| self.at(text, at)) {
                return Some(found);
            }
            at = after;
        }
        None
    }

    /// The secret that begins at a place.
    fn at(&self, text: &[u8], at: usize) -> Option<(usize, &Secret, usize)> {
        let rest = text.get(at..)?;
        let (first, _) = character(rest)?;
        let mut alike = self.all.iter().filter(|secret| secret.begins_with(first));
        alike.find_map(|secret| Some((at, &**secret, secret.length_in(rest)?)))
    }
}
