//! Fields that are more than their JSON type, each with its check beside its schema.

use serde::{Deserialize, Deserializer, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// A string that must fit a pattern: the check and the pattern have to say the same.
macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $pattern:literal, $fits:expr, $refusal:literal) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(try_from = "String")]
        pub(super) struct $name(pub(super) String);

        impl TryFrom<String> for $name {
            type Error = &'static str;

            fn try_from(text: String) -> Result<Self, Self::Error> {
                let fits: fn(&str) -> bool = $fits;
                if fits(&text) { Ok(Self(text)) } else { Err($refusal) }
            }
        }

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                ObjectBuilder::new()
                    .schema_type(Type::String)
                    .pattern(Some($pattern))
                    .min_length(Some(1))
                    .into()
            }
        }

        impl ToSchema for $name {}
    };
}

text!(
    /// A name must show something.
    Name,
    r"[^\t-\r ]",
    |text| text.chars().any(|c| !matches!(c, '\t'..='\r' | ' ')),
    "must not be blank"
);

text!(
    /// An e-mail address, checked for its form only.
    Email,
    r"^[^@\x00-\x20\x7f]+@[^@\x00-\x20\x7f]+$",
    |text| {
        let is_part = |part: &str| {
            !part.is_empty() && !part.contains(|c| matches!(c, '@' | '\0'..=' ' | '\x7f'))
        };
        text.split_once('@').is_some_and(|(name, host)| is_part(name) && is_part(host))
    },
    "must be an e-mail address"
);

text!(
    /// The name of a tenant that no other tenant has.
    ShortName,
    "^[a-z0-9-]+$",
    |text| {
        !text.is_empty() && text.chars().all(|c| matches!(c, 'a'..='z' | '0'..='9' | '-'))
    },
    "must be lowercase letters, digits and hyphens"
);

/// With `serde(default)`: a field that may be absent, but is taken as it stands if it is there. So null
/// is refused, unless the field itself is an option: then `None` is absent and `Some(None)` is null.
pub(super) fn given<'de, T, D>(deserializer: D) -> Result<Option<T>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    T::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn takes<T: TryFrom<String>>(text: &str) -> bool {
        T::try_from(text.to_owned()).is_ok()
    }

    #[test]
    fn names() {
        assert!(["a", " a ", "\u{85}", "Größe"].into_iter().all(takes::<Name>));
        assert!(!["", " ", "\t\n\u{b}\u{c}\r "].into_iter().any(takes::<Name>));
    }

    #[test]
    fn addresses() {
        assert!(["a@b", "größe@example.com"].into_iter().all(takes::<Email>));
        assert!(!["", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\n"].into_iter().any(takes::<Email>));
    }

    #[test]
    fn short_names() {
        assert!(["a", "team-7", "-"].into_iter().all(takes::<ShortName>));
        assert!(!["", "A", "a b", "a_b", "é", "a\n"].into_iter().any(takes::<ShortName>));
    }
}
