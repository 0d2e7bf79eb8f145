//! What JavaScript hands over, checked and as Rust has it.

use std::future::Future;
use std::sync::PoisonError;

use napi::bindgen_prelude::{
    ClassInstance, FromNapiValue, Function, JsValue, Object, PromiseRaw, ToNapiValue, Unknown,
};
use napi::threadsafe_function::ThreadsafeFunctionCallMode;
use napi::{Env, ValueType};
use processmind::error::in_camel_case;
use processmind::model::Fields;
use processmind::{Error, Progress};

use crate::error::thrown;
use crate::promise::Ticket;
use crate::source::Source;

/// The largest integer up to which a JavaScript number holds each one.
const LARGEST_INTEGER: f64 = 9_007_199_254_740_991.0;

/// What a method of the native client is called with: the caller's own arguments, of any shape, and what
/// the facade adds.
pub(crate) struct Request<'env, 'object> {
    env: &'env Env,
    request: Object<'object>,
    args: Object<'object>,
}

impl<'env, 'object> Request<'env, 'object> {
    pub fn new(env: &'env Env, request: Object<'object>) -> napi::Result<Self> {
        let given = request.get::<Unknown>("args")?;
        if given.map(|args| args.get_type()).transpose()? != Some(ValueType::Object) {
            return Err(invalid(
                env,
                "The call takes one object.",
                "Pass its arguments by name: { datatableId: '…' }.",
            ));
        }
        let args = request.get::<Object>("args")?.unwrap_or(request);
        Ok(Self { env, request, args })
    }

    /// A text that has to be there.
    pub fn text(&self, name: &str) -> napi::Result<String> {
        self.optional_text(name)?.ok_or_else(|| self.missing(name))
    }

    pub fn optional_text(&self, name: &str) -> napi::Result<Option<String>> {
        self.check(name, "String", false)?;
        Ok(self.args.get::<Option<String>>(name)?.flatten())
    }

    /// All that a call may be told, by its definition in core.
    pub fn options<T: Fields + FromNapiValue>(&self) -> napi::Result<T> {
        for field in T::FIELDS {
            let name = in_camel_case(&format!("`{}`", field.name));
            self.check(name.trim_matches('`'), field.kind, field.required)?;
        }
        self.request.get::<T>("args")?.ok_or_else(|| self.missing("args"))
    }

    pub fn source(&self) -> napi::Result<Option<processmind::Source>> {
        Ok(self
            .request
            .get::<ClassInstance<Source>>("source")?
            .map(|source| source.get()))
    }

    pub fn required_source(&self) -> napi::Result<processmind::Source> {
        self.source()?.ok_or_else(|| self.missing("file"))
    }

    /// What an upload reports to. JavaScript is only woken, by a function that does not keep it alive, and
    /// then asks the ticket: so it gets the last report before the promise, too.
    pub fn progress(&self) -> napi::Result<impl Fn(Progress) + Send + Sync + 'static> {
        let reports = self.ticket()?.progress();
        let wake = self.request.get::<Function<'_, (), ()>>("wake")?;
        let wake = wake
            .map(|wake| {
                wake.build_threadsafe_function::<()>()
                    .weak::<true>()
                    .max_queue_size::<1>()
                    .build()
            })
            .transpose()?;
        Ok(move |progress| {
            let Some(wake) = &wake else { return };
            reports
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push(progress);
            // A full queue means that JavaScript is about to be woken already.
            wake.call((), ThreadsafeFunctionCallMode::NonBlocking);
        })
    }

    /// The promise of what a future gives.
    pub fn promise<T: ToNapiValue + Send + 'static>(
        &self,
        future: impl Future<Output = processmind::Result<T>> + Send + 'static,
    ) -> napi::Result<PromiseRaw<'env, T>> {
        self.ticket()?.promise(self.env, future)
    }

    fn ticket(&self) -> napi::Result<ClassInstance<'_, Ticket>> {
        self.request.get("ticket")?.ok_or_else(|| self.missing("ticket"))
    }

    /// Refuses a value that is not of the Rust type `kind`.
    fn check(&self, name: &str, kind: &str, required: bool) -> napi::Result<()> {
        let value = self.args.get::<Unknown>(name)?;
        let given = value.map_or(Ok(ValueType::Undefined), |value| value.get_type())?;
        let (wanted, fits) = match kind {
            _ if matches!(given, ValueType::Undefined | ValueType::Null) => {
                return if required { Err(self.missing(name)) } else { Ok(()) };
            }
            "String" => ("a string", given == ValueType::String),
            "bool" => ("true or false", given == ValueType::Boolean),
            "u32" => (
                "a whole number from 0",
                given == ValueType::Number && is_whole(value, 0.0, u32::MAX.into())?,
            ),
            "i64" => (
                "a whole number",
                given == ValueType::Number && is_whole(value, -LARGEST_INTEGER, LARGEST_INTEGER)?,
            ),
            _ => ("a number", given == ValueType::Number),
        };
        if fits {
            return Ok(());
        }
        let shown = if given == ValueType::Number {
            "this number".to_owned()
        } else {
            described(given)
        };
        Err(invalid(
            self.env,
            format!("`{name}` has to be {wanted}, not {shown}."),
            "Nothing was sent.",
        ))
    }

    fn missing(&self, name: &str) -> napi::Error {
        invalid(
            self.env,
            format!("`{name}` is missing."),
            format!("Pass it by name: {{ {name}: … }}. Nothing was sent."),
        )
    }
}

fn is_whole(value: Option<Unknown>, least: f64, most: f64) -> napi::Result<bool> {
    let number = value
        .map(|value| value.coerce_to_number()?.get_double())
        .transpose()?;
    Ok(number.is_some_and(|number| number.fract() == 0.0 && (least..=most).contains(&number)))
}

fn described(kind: ValueType) -> String {
    match kind {
        ValueType::Object => "an object".to_owned(),
        other => format!("a {}", other.to_string().to_lowercase()),
    }
}

fn invalid(env: &Env, message: impl Into<String>, hint: impl Into<String>) -> napi::Error {
    thrown(env, Error::invalid_argument(message, hint))
}
