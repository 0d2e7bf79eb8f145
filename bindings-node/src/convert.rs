//! What JavaScript hands over, checked and as Rust has it.

use std::cell::RefCell;
use std::future::Future;

use napi::bindgen_prelude::{
    ClassInstance, FromNapiValue, JsObjectValue, JsValue, Object, PromiseRaw, ToNapiValue, Unknown,
};
use napi::{Env, ValueType};
use processmind::model::{Change, Field, Fields};
use processmind::{ClientOptions, Error, Progress};
use serde_json::Value;

use crate::error::thrown;
use crate::kind::misfit;
use crate::many::UploadItem;
use crate::promise::Ticket;
use crate::source::Source;

/// What a method of the native client is called with: the caller's own arguments, of any shape, and what
/// the facade adds.
pub(crate) struct Request<'env, 'object> {
    env: &'env Env,
    request: Object<'object>,
    args: Object<'object>,
    /// The names that the call takes, as they are asked for.
    known: RefCell<Vec<String>>,
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
        Ok(Self { env, request, args, known: RefCell::default() })
    }

    /// A text that has to be there.
    pub fn text(&self, name: &str) -> napi::Result<String> {
        self.optional_text(name)?.ok_or_else(|| self.missing(name))
    }

    pub fn optional_text(&self, name: &str) -> napi::Result<Option<String>> {
        self.given(name, "String")?.map(String::from_unknown).transpose()
    }

    /// A text, null to take it away, or nothing to keep it.
    pub fn change(&self, name: &str) -> napi::Result<Change<String>> {
        let text = self.optional_text(name)?;
        let is_there = self.args.get::<Unknown>(name)?.is_some();
        Ok(if is_there { Change::from(text) } else { Change::Keep })
    }

    /// Pairs of texts, as the facade makes them.
    pub fn pairs(&self, name: &str) -> napi::Result<Vec<(String, String)>> {
        self.knows(name);
        Ok(self.args.get(name)?.unwrap_or_default())
    }

    /// A value of the caller's own, which the facade hands over as JSON text.
    pub fn json(&self, name: &str) -> napi::Result<Option<Value>> {
        let text = self.optional_text(name)?;
        let value = text.map(|text| serde_json::from_str(&text)).transpose();
        let no_json = |error| format!("`{name}` is no JSON: {error}.");
        value.map_err(|error| invalid(self.env, no_json(error), "Nothing was sent."))
    }

    /// All that a call may be told, by its definition in core; null is as good as left out.
    pub fn options<T: Fields + FromNapiValue>(&self) -> napi::Result<T> {
        T::FIELDS.iter().for_each(|field| self.knows(&in_camel_case(field.name)));
        let mut options = Object::new(self.env)?;
        for field in T::FIELDS {
            let name = in_camel_case(field.name);
            match self.given(&name, field.kind)? {
                Some(value) => options.set(&name, value)?,
                None if field.required => return Err(self.missing(&name)),
                None => {}
            }
        }
        T::from_unknown(options.to_unknown())
    }

    pub fn source(&self) -> napi::Result<Option<processmind::Source>> {
        ["file", "filePath"].iter().for_each(|name| self.knows(name));
        Ok(self.request.get::<ClassInstance<Source>>("source")?.and_then(|mut source| source.take()))
    }

    pub fn required_source(&self) -> napi::Result<processmind::Source> {
        self.source()?.ok_or_else(|| self.missing("file"))
    }

    /// The items of many uploads.
    pub fn items(&self) -> napi::Result<Vec<processmind::UploadItem>> {
        ["items", "tenantId"].iter().for_each(|name| self.knows(name));
        let items = self.request.get::<Vec<ClassInstance<UploadItem>>>("items")?;
        Ok(items.unwrap_or_default().iter_mut().filter_map(|item| item.take()).collect())
    }

    /// What an upload reports to.
    pub fn progress(&self) -> napi::Result<impl Fn(Progress) + Send + Sync + 'static> {
        self.knows("onProgress");
        Ok(self.ticket()?.progress())
    }

    /// The promise of what a future gives, where the caller gave nothing that the call does not take.
    pub fn promise<T: ToNapiValue + Send + 'static>(
        &self,
        future: impl Future<Output = processmind::Result<T>> + Send + 'static,
    ) -> napi::Result<PromiseRaw<'env, T>> {
        self.knows("signal");
        self.refuse_unknown()?;
        self.ticket()?.promise(self.env, future)
    }

    /// Refuses what is given and was not asked for: it would be without effect.
    pub fn refuse_unknown(&self) -> napi::Result<()> {
        let Some(name) = self.unknown()?.into_iter().next() else { return Ok(()) };
        let known = self.known.borrow();
        let (advice, is_account) = (advice(&name, &known), takes_base_url(&known));
        let known = known.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        // A helper's account went to its client.
        let account = if is_account { "" } else { "; a helper: `apiKey`, `apiUrl`, `onLog`, too" };
        let hint = format!("{advice}Known are {known}{account}. Nothing was sent.");
        // No backticks: what is in them is put in camel case, and this is to be as it was given.
        Err(invalid(self.env, format!("'{name}' is no option of this call."), hint))
    }

    fn unknown(&self) -> napi::Result<Vec<String>> {
        let mut unknown = Vec::new();
        for name in Object::keys(&self.args)? {
            let is_given = self.args.has_own_property(&name)? && self.args.get::<Unknown>(&name)?.is_some();
            if is_given && !self.known.borrow().contains(&name) {
                unknown.push(name);
            }
        }
        Ok(unknown)
    }

    /// Takes an argument that the facade reads by itself.
    pub fn knows(&self, name: &str) {
        let mut known = self.known.borrow_mut();
        if !known.iter().any(|other| other == name) {
            known.push(name.to_owned());
        }
    }

    fn ticket(&self) -> napi::Result<ClassInstance<'_, Ticket>> {
        self.request.get("ticket")?.ok_or_else(|| self.missing("ticket"))
    }

    /// What is given by this name; it has to be of the Rust type `kind`.
    fn given(&self, name: &str, kind: &str) -> napi::Result<Option<Unknown<'_>>> {
        self.knows(name);
        let Some(value) = self.args.get::<Unknown>(name)? else { return Ok(None) };
        if value.get_type()? == ValueType::Null {
            return Ok(None);
        }
        match misfit(value, kind)? {
            None => Ok(Some(value)),
            Some(why) => {
                let message = format!("`{name}` has to be {why}.");
                Err(invalid(self.env, message, "Nothing was sent."))
            }
        }
    }

    fn missing(&self, name: &str) -> napi::Error {
        let unknown = self.unknown().unwrap_or_default();
        let instead = unknown.iter().find(|other| is_like(other, name));
        let instead = instead.map(|other| format!(", not as '{other}'")).unwrap_or_default();
        invalid(
            self.env,
            format!("`{name}` is missing."),
            format!("Pass it by name{instead}: {{ {name}: … }}. Nothing was sent."),
        )
    }
}

/// A name of Rust's as JavaScript has it.
pub(crate) fn in_camel_case(name: &str) -> String {
    processmind::error::in_camel_case(&format!("`{name}`")).trim_matches('`').to_owned()
}

/// What to pass instead of an unknown name.
fn advice(name: &str, known: &[String]) -> String {
    let of_client = |field: &Field| in_camel_case(field.name) == name;
    match name {
        "apiUrl" if takes_base_url(known) => "Pass `baseUrl`. ".to_owned(),
        "apiUrl" | "baseUrl" => {
            "To a helper pass `apiUrl`; a client gets its `baseUrl` when it is made. ".to_owned()
        }
        _ if name == "onLog" || ClientOptions::FIELDS.iter().any(of_client) => {
            format!("A client gets its `{name}` when it is made: `new Client({{ {name}: … }})`. ")
        }
        _ => {
            let like = known.iter().find(|known| is_like(name, known));
            like.map(|like| format!("Did you mean `{like}`? ")).unwrap_or_default()
        }
    }
}

/// Whether these are the client's own options.
fn takes_base_url(known: &[String]) -> bool {
    known.iter().any(|name| name == "baseUrl")
}

/// Whether a name is another but for its case and its underscores, or a part of it.
fn is_like(name: &str, other: &str) -> bool {
    other.to_lowercase().contains(&name.replace(['_', '-'], "").to_lowercase())
}

fn invalid(env: &Env, message: impl Into<String>, hint: impl Into<String>) -> napi::Error {
    thrown(env, Error::invalid_argument(message, hint))
}
