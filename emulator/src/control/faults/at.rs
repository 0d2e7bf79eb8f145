use serde::{Deserialize, Serialize};

/// A place in a request body: so many bytes, or a percentage such as `"50%"`.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Written", into = "Written")]
pub(crate) enum At {
    Byte(u64),
    Percent(f64),
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Written {
    Number(u64),
    Text(String),
}

impl At {
    /// The number of bytes before it; a percentage of an unknown length is the start.
    pub(crate) fn bytes(&self, length: Option<u64>) -> u64 {
        match self {
            Self::Byte(byte) => *byte,
            // A float holds every length that there is, and a share of it is no longer.
            #[expect(
                clippy::cast_precision_loss,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked to be 0 to 100 %"
            )]
            Self::Percent(percent) => (length.unwrap_or_default() as f64 * percent / 100.0) as u64,
        }
    }
}

impl Default for At {
    fn default() -> Self {
        Self::Byte(0)
    }
}

impl TryFrom<Written> for At {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        match written {
            Written::Number(byte) => Ok(Self::Byte(byte)),
            Written::Text(text) => text
                .strip_suffix('%')
                .and_then(|number| number.parse().ok())
                .filter(|percent| (0.0..=100.0).contains(percent))
                .map(Self::Percent)
                .ok_or_else(|| {
                    format!("{text:?} is neither a number of bytes nor a percentage such as \"50%\"")
                }),
        }
    }
}

impl From<At> for Written {
    fn from(at: At) -> Self {
        match at {
            At::Byte(byte) => Self::Number(byte),
            At::Percent(percent) => Self::Text(format!("{percent}%")),
        }
    }
}
