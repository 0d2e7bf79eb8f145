//! The macros that define models and options once for every language.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The fields of an answer that this version of the SDK does not know, as the server sent them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Extra(pub Map<String, Value>);

/// Reads null as the type's default, for the fields that are never optional.
pub(crate) fn null_as_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Whether a field holds nothing.
pub(crate) fn is_unset<T: Default + PartialEq>(field: &T) -> bool {
    *field == T::default()
}

// The TypeScript definitions are written while this crate is compiled; napi asks for that by this variable.
#[cfg(feature = "node")]
const _: Option<&str> = option_env!("NAPI_FORCE_BUILD_PROCESSMIND");

/// A field of what a call takes, for a binding whose language does not check types by itself.
#[cfg(feature = "node")]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Field {
    /// The name in Rust.
    pub name: &'static str,
    /// The type in Rust, such as `String` or `u32`.
    pub kind: &'static str,
    /// Whether it may not be left out.
    pub required: bool,
}

/// What a call takes, field by field.
#[cfg(feature = "node")]
pub trait Fields {
    /// The fields in the order of their definition.
    const FIELDS: &'static [Field];
}

/// Defines an object of the API's answers.
///
/// A `String` field is empty if the server left it out; every other field is an `Option`. Fields that are not listed
/// stay in `extra` as they came. An object with an `id` field is invalid without one.
macro_rules! model {
    ($(#[$meta:meta])* $name:ident { $($fields:tt)* }) => {
        model!(@next [$(#[$meta])* $name] [] [] [] [] $($fields)*);
    };
    (@next $head:tt [$($out:tt)*] [$($known:tt)*] $dates:tt $lists:tt $(#[$doc:meta])* $field:ident: String, $($rest:tt)*) => {
        model!(@next $head [$($out)*
            $(#[$doc])*
            #[serde(deserialize_with = "crate::model::define::null_as_default")]
            pub $field: String,
        ] [$($known)* $(#[$doc])* $field: String,] $dates $lists $($rest)*);
    };
    (@next $head:tt $out:tt $known:tt [$($dates:ident)*] $lists:tt $(#[$doc:meta])* $field:ident: Option<DateTime>, $($rest:tt)*) => {
        model!(@option $head $out $known [$($dates)* $field] $lists [$(#[$doc])*] $field, crate::model::DateTime, "string | null"; $($rest)*);
    };
    (@next $head:tt $out:tt $known:tt $dates:tt $lists:tt $(#[$doc:meta])* $field:ident: Option<String>, $($rest:tt)*) => {
        model!(@option $head $out $known $dates $lists [$(#[$doc])*] $field, String, "string | null"; $($rest)*);
    };
    (@next $head:tt $out:tt $known:tt $dates:tt $lists:tt $(#[$doc:meta])* $field:ident: Option<i64>, $($rest:tt)*) => {
        model!(@option $head $out $known $dates $lists [$(#[$doc])*] $field, i64, "number | null"; $($rest)*);
    };
    (@next $head:tt $out:tt $known:tt $dates:tt $lists:tt $(#[$doc:meta])* $field:ident: Option<f64>, $($rest:tt)*) => {
        model!(@option $head $out $known $dates $lists [$(#[$doc])*] $field, f64, "number | null"; $($rest)*);
    };
    (@next $head:tt $out:tt $known:tt $dates:tt $lists:tt $(#[$doc:meta])* $field:ident: Option<bool>, $($rest:tt)*) => {
        model!(@option $head $out $known $dates $lists [$(#[$doc])*] $field, bool, "boolean | null"; $($rest)*);
    };
    // A list of objects, or an object: the cases in which the field's own line has the TypeScript type.
    (@next $head:tt $out:tt $known:tt $dates:tt [$($lists:ident)*] $(#[$doc:meta])* $field:ident: Option<Vec<$item:ident>> as $ts:literal, $($rest:tt)*) => {
        model!(@option $head $out $known $dates [$($lists)* $field] [$(#[$doc])*] $field, Vec<$item>, $ts; $($rest)*);
    };
    (@next $head:tt $out:tt $known:tt $dates:tt $lists:tt $(#[$doc:meta])* $field:ident: Option<$type:ident> as $ts:literal, $($rest:tt)*) => {
        model!(@option $head $out $known $dates $lists [$(#[$doc])*] $field, $type, $ts; $($rest)*);
    };
    (@option $head:tt [$($out:tt)*] [$($known:tt)*] $dates:tt $lists:tt [$(#[$doc:meta])*] $field:ident, $type:ty, $ts:literal; $($rest:tt)*) => {
        model!(@next $head [$($out)*
            $(#[$doc])*
            #[cfg_attr(feature = "node", napi(ts_type = $ts))]
            pub $field: Option<$type>,
        ] [$($known)* $(#[$doc])* $field: Option<$type>,] $dates $lists $($rest)*);
    };
    (
        @next [$(#[$meta:meta])* $name:ident] [$($fields:tt)*]
        [$($(#[$doc:meta])* $known:ident: $type:ty,)*] [$($dates:ident)*] [$($lists:ident)*]
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase", default)]
        #[non_exhaustive]
        #[cfg_attr(feature = "python", pyo3::pyclass(frozen, eq, module = "processmind"))]
        #[cfg_attr(feature = "node", napi_derive::napi(object, object_from_js = false, object_to_js = false))]
        pub struct $name {
            $($fields)*
            /// The fields that this version of the SDK does not know, as the server sent them.
            #[serde(flatten)]
            #[cfg_attr(feature = "node", napi(skip_typescript))]
            pub extra: crate::model::Extra,
        }

        impl crate::model::FromAnswer for $name {
            fn flaw(&self) -> Option<&'static str> {
                let own = model!(@flaw self $($known)*);
                own$(.or_else(|| self.$lists.as_ref().and_then(crate::model::FromAnswer::flaw)))*
            }
        }

        #[cfg(feature = "python")]
        crate::model::python::model_methods!($name { $($known)* }
            fields { $($(#[$doc])* $known: $type,)* } dates { $($dates)* });
    };
    (@flaw $self:ident id $($names:ident)*) => {
        $self.id.trim().is_empty().then_some("it has no `id`")
    };
    // An object without an id is known by what it holds. One with nothing in it may be one of which all is missing.
    (@flaw $self:ident $($names:ident)*) => {
        (!$self.extra.0.is_empty() $(&& crate::model::define::is_unset(&$self.$names))*)
            .then_some("none of its fields is there")
    };
}
pub(crate) use model;

/// Defines the options of a client or of a call, every one of which may be left out.
macro_rules! options {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Default, PartialEq)]
        #[cfg_attr(feature = "python", pyo3::pyclass(frozen, get_all, from_py_object, module = "processmind"))]
        #[cfg_attr(feature = "node", napi_derive::napi(object, object_to_js = false))]
        #[cfg_attr(feature = "cli", derive(clap::Args), group(skip))]
        pub struct $name {
            $($(#[$doc])* pub $field: Option<$type>,)*
        }

        #[cfg(feature = "node")]
        impl crate::model::Fields for $name {
            const FIELDS: &'static [crate::model::Field] = &[
                $(crate::model::Field { name: stringify!($field), kind: stringify!($type), required: false },)*
            ];
        }

        #[cfg(feature = "python")]
        #[pyo3::pymethods]
        impl $name {
            #[allow(clippy::too_many_arguments, reason = "an argument for every option is what Python wants")]
            #[new]
            #[pyo3(signature = (*, $($field = None),*))]
            fn new($($field: Option<$type>),*) -> Self {
                Self { $($field),* }
            }
        }
    };
}
pub(crate) use options;

/// Defines what the SDK itself reports: every field is there. `python` has methods of the Python class in place of its
/// `_repr_html_`.
macro_rules! report {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $field:ident: $type:ty,)* } $(python { $($method:item)* })?) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "camelCase")]
        #[non_exhaustive]
        #[cfg_attr(feature = "python", pyo3::pyclass(frozen, get_all, eq, module = "processmind"))]
        #[cfg_attr(feature = "node", napi_derive::napi(object, object_from_js = false, use_nullable = true))]
        pub struct $name {
            $($(#[$doc])* pub $field: $type,)*
        }

        #[cfg(feature = "python")]
        crate::model::python::model_methods!($name { $($field)* } $($($method)*)?);
    };
}
pub(crate) use report;

/// Defines what a call takes: one text that is required, then what may be left out, which is then not sent.
macro_rules! params {
    ($(#[$meta:meta])* $name:ident { $(#[$main_doc:meta])* $main:ident: String, }
     { $($(#[$doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Default, PartialEq, serde::Serialize)]
        #[serde(rename_all = "camelCase")]
        #[cfg_attr(feature = "node", napi_derive::napi(object, object_to_js = false))]
        #[cfg_attr(feature = "cli", derive(clap::Args), group(skip))]
        pub struct $name {
            $(#[$main_doc])*
            pub $main: String,
            $(
                $(#[$doc])*
                #[serde(skip_serializing_if = "Option::is_none")]
                pub $field: Option<$type>,
            )*
        }

        #[cfg(feature = "node")]
        impl crate::model::Fields for $name {
            const FIELDS: &'static [crate::model::Field] = &[
                crate::model::Field { name: stringify!($main), kind: "String", required: true },
                $(crate::model::Field { name: stringify!($field), kind: stringify!($type), required: false },)*
            ];
        }

        impl<T: Into<String>> From<T> for $name {
            fn from($main: T) -> Self {
                Self { $main: $main.into(), $($field: None),* }
            }
        }
    };
}
pub(crate) use params;
