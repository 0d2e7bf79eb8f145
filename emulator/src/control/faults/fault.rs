use std::{collections::BTreeMap, fmt};

use serde::{Deserialize, Serialize};

use super::At;

/// What goes wrong.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Fault {
    /// An answer of the plan's own; nothing is done.
    Status(Answer),
    /// The connection is reset at a place of the request body, before anything is done.
    Reset {
        #[serde(default)]
        at: At,
    },
    /// The request body is read up to a place; then nothing happens for so long, and then a reset.
    Stall {
        #[serde(default)]
        at: At,
        #[serde(default = "ten_minutes")]
        seconds: f64,
    },
    /// What is asked is done, late.
    Delay { seconds: f64 },
    /// What is asked is done, and both bodies pass slowly.
    Slow { bytes_per_second: u32 },
    /// What is asked is done, and the connection is reset after so many bytes of the answer, its head included.
    Cut {
        #[serde(default)]
        at: u64,
    },
    /// What is asked is done, and the answer's body is the first half of what it should be.
    Truncate,
    /// The request is carried out, and the response is written in another way.
    Rewrite(Rewrite),
    /// The presigned URL has already expired.
    Expire,
    /// The presigned URL is signed by somebody else.
    Forge,
    /// The presigned URL is signed by a clock that is so many seconds ahead; less than 0 is behind.
    Skew { seconds: i64 },
    /// A bit is flipped on the way to storage.
    Corrupt,
    /// Storage refuses the file in its own words, such as `SlowDown`.
    StorageError { code: String },
}

fn ten_minutes() -> f64 {
    600.0
}

/// How a response is written.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Rewrite {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) coding: Option<Coding>,
    /// Every string in it, with placeholders as in [`Answer::body`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) texts: Option<String>,
    /// Every date in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) dates: Option<serde_json::Value>,
}

/// What is done to a body that nobody asked for.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Coding {
    Gzip,
    /// A byte order mark before it.
    Bom,
}

/// An answer that is planned.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) retry_after: Option<RetryAfter>,
    /// `{api_key}` and `{url}` in it are those of the request, `{url:base64}` in another notation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) body: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) coding: Option<Coding>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) content_type: Option<String>,
    /// Where a redirect leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) location: Option<String>,
    /// Other headers.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) headers: BTreeMap<String, String>,
}

/// The header of that name.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum RetryAfter {
    Seconds(u64),
    /// A date, or whatever a server might write.
    Text(String),
}

impl fmt::Display for RetryAfter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Seconds(seconds) => seconds.fmt(f),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// Where a fault is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Around any request: it takes no knowledge of it.
    Wire,
    /// Where a URL is presigned.
    Presign,
    /// Where storage takes a file in.
    Storage,
}

impl Fault {
    pub(crate) fn stage(&self) -> Stage {
        match self {
            Self::Expire | Self::Forge | Self::Skew { .. } => Stage::Presign,
            Self::Corrupt | Self::StorageError { .. } => Stage::Storage,
            _ => Stage::Wire,
        }
    }
}
