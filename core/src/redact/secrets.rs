//! The secrets of a request, and the search for them.

use std::borrow::Cow;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use super::BLANK;
use super::notation::{character, is_escape, plain};

/// What is shorter could be a part of any word.
const SHORTEST: usize = 6;

/// Secrets, the longest first: of two that begin alike it is the one that was meant. Clones share them.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    all: Vec<Arc<Secret>>,
    starts: Starts,
}

/// What is blanked, and what stands in its place.
pub(super) struct Secret {
    pub text: Cow<'static, [u8]>,
    pub shown: Cow<'static, str>,
    /// Whether a value follows, which is blanked with it.
    pub has_value: bool,
    /// Whether it is blanked in what the caller gets, too.
    pub is_data: bool,
}

impl Secret {
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
    pub fn with_capacity(capacity: usize) -> Self {
        Self { all: Vec::with_capacity(capacity), starts: Starts::default() }
    }

    /// A secret, and what is left of it if its own escapes are escaped once more.
    pub fn add_text(&mut self, text: &str, shown: impl Into<Cow<'static, str>>, is_data: bool) {
        let shown = shown.into();
        for text in [text.as_bytes().to_vec(), plain(text.as_bytes())] {
            self.add(Secret { text: text.into(), shown: shown.clone(), has_value: false, is_data });
        }
    }

    /// The base64 of a secret, whatever stands before it in what is encoded: of its three forms that part which
    /// nothing but the secret decides.
    pub fn add_base64(&mut self, secret: &str, is_data: bool) {
        for (before, affected) in [("", 0), ("?", 2), ("??", 3)] {
            let bytes = [before, secret].concat();
            let encoded = STANDARD_NO_PAD.encode(&bytes);
            let Some(own) = encoded.get(affected..bytes.len() * 8 / 6) else { continue };
            let mut add = |text: String| {
                let text = text.into_bytes().into();
                self.add(Secret { text, shown: BLANK.into(), has_value: false, is_data });
            };
            if own.contains(['+', '/']) {
                add(own.replace('+', "-").replace('/', "_"));
            }
            add(own.to_owned());
        }
    }

    pub fn add(&mut self, secret: Secret) {
        let is_short = !secret.has_value && secret.text.len() < SHORTEST;
        if is_short || self.all.iter().any(|known| known.text == secret.text) {
            return;
        }
        self.starts.add(&secret.text, 1 << (self.all.len() % 64));
        let at = self.all.partition_point(|known| known.text.len() >= secret.text.len());
        self.all.insert(at, Arc::new(secret));
    }

    /// A text up to so many bytes without those secrets that are wanted; none if it has none.
    pub fn blanked(&self, text: &[u8], limit: usize, is_wanted: impl Fn(&Secret) -> bool) -> Option<Vec<u8>> {
        let end = limit.min(text.len());
        let (mut shown, mut done, mut at) = (Vec::new(), 0, 0);
        while let Some(rest) = text.get(at..).filter(|_| at < end) {
            if !self.starts.may_begin(rest) {
                at += 1;
                continue;
            }
            let mut wanted = self.all.iter().filter(|secret| is_wanted(secret));
            let Some((secret, length)) = wanted.find_map(|secret| Some((secret, secret.length_in(rest)?)))
            else {
                at += 1;
                continue;
            };
            shown.extend_from_slice(text.get(done..at)?);
            shown.extend_from_slice(secret.shown.as_bytes());
            at += length;
            done = at;
        }
        if done == 0 {
            return None;
        }
        // Nothing is left if a secret reaches beyond the end.
        shown.extend_from_slice(text.get(done..end).unwrap_or_default());
        Some(shown)
    }
}

/// What secrets begin with. It rules out nearly every place of a text at the cost of a look at two characters.
#[derive(Clone)]
struct Starts {
    /// For each byte the secrets that it may begin: a bit each, which several may share.
    first: [u64; 256],
    /// The same for the byte after that.
    second: [u64; 256],
}

impl Starts {
    fn add(&mut self, text: &[u8], bit: u64) {
        for (bits, byte) in [&mut self.first, &mut self.second].into_iter().zip(text) {
            for case in [byte.to_ascii_lowercase(), byte.to_ascii_uppercase()] {
                if let Some(bits) = bits.get_mut(usize::from(case)) {
                    *bits |= bit;
                }
            }
        }
    }

    /// Whether a text may begin with a secret.
    fn may_begin(&self, text: &[u8]) -> bool {
        let bits_of = |bits: &[u64; 256], byte: u8| bits.get(usize::from(byte)).copied().unwrap_or_default();
        let Some(byte) = text.first() else { return false };
        let (first, width) = match is_escape(*byte) {
            true => character(text).unwrap_or((*byte, 1)),
            false => (*byte, 1),
        };
        let bits = bits_of(&self.first, first);
        bits != 0
            && text
                .get(width)
                .is_some_and(|next| is_escape(*next) || bits & bits_of(&self.second, *next) != 0)
    }
}

impl Default for Starts {
    fn default() -> Self {
        Self { first: [0; 256], second: [0; 256] }
    }
}
