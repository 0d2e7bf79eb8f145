//! What JavaScript does not check: whether a value is of the type that Rust wants.

use napi::ValueType;
use napi::bindgen_prelude::{FromNapiValue, JsObjectValue, JsValue, Object, Unknown};

/// The largest integer up to which a JavaScript number holds each one.
const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;

/// Why a value can't be of the Rust type `kind`: "a string, not a number". Nothing where it can.
pub(crate) fn misfit(value: Unknown, kind: &str) -> napi::Result<Option<String>> {
    let given = value.get_type()?;
    let (wanted, fits) = match kind {
        "String" => ("a string", given == ValueType::String),
        "bool" => ("true or false", given == ValueType::Boolean),
        "i64" => ("a whole number", is_whole(value)?),
        "f64" => ("a number", given == ValueType::Number),
        "HashMap<String, String>" => ("an object of strings", is_of_strings(value)?),
        _ => return Err(napi::Error::from_reason(format!("no check is known for a {kind}"))),
    };
    let shown = match given {
        _ if fits => return Ok(None),
        ValueType::Number if wanted.ends_with("number") => "this one".to_owned(),
        ValueType::Object if wanted.starts_with("an object") => "this one".to_owned(),
        ValueType::Object => "an object".to_owned(),
        other => format!("a {}", other.to_string().to_lowercase()),
    };
    Ok(Some(format!("{wanted}, not {shown}")))
}

fn is_whole(value: Unknown) -> napi::Result<bool> {
    if value.get_type()? != ValueType::Number {
        return Ok(false);
    }
    let number = value.coerce_to_number()?.get_double()?;
    Ok(number.fract() == 0.0 && number.abs() <= LARGEST_INTEGER)
}

/// A `Map` or `Headers` is none: its entries are no properties, and it would pass for empty.
fn is_of_strings(value: Unknown) -> napi::Result<bool> {
    if value.get_type()? != ValueType::Object || value.is_array()? {
        return Ok(false);
    }
    let object = Object::from_unknown(value)?;
    let names = Object::keys(&object)?;
    if names.is_empty() && object.has_named_property("entries")? {
        return Ok(false);
    }
    for name in names {
        if let Some(entry) = object.get::<Unknown>(&name)?
            && entry.get_type()? != ValueType::String
        {
            return Ok(false);
        }
    }
    Ok(true)
}
