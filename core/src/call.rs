//! One API call as a value, sent when it is awaited.

use std::borrow::Cow;
use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use serde_json::Value;

use crate::answer::Answer;
use crate::attempts::Attempts;
use crate::blocking::blocking;
use crate::client::Client;
use crate::config;
use crate::decode;
use crate::error::{Error, ErrorKind, Result};
use crate::method::Method;
use crate::model::FromAnswer;
use crate::near_names;
use crate::retry;
use crate::transport::Request;

/// What a path segment may hold as it is: RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Where a call goes.
#[derive(Debug)]
enum Path {
    /// Below the tenant.
    Tenant(Vec<Segment>),
    /// Where the caller says, or why it can't.
    Raw(Result<String>),
}

/// What a call carries.
enum Body {
    Ready(Result<Option<Value>>),
    /// JSON text of the caller's own, which is sent as it is.
    Written(Result<String>),
    Later(Box<dyn FnOnce() -> Result<Prepared> + Send>),
}

/// A body that took time to make, and what to warn of before it is sent.
pub(crate) struct Prepared {
    pub body: Value,
    pub warnings: Vec<String>,
}

/// Logs what is likely not as it is meant in what is about to be sent. The log is heard by those who listen to this
/// future, so not from the thread that found it.
fn log_warnings(warnings: &[String]) {
    for warning in warnings {
        tracing::warn!(target: "processmind::check", "{warning}");
    }
}

impl Body {
    /// The body's text, made off the runtime if that takes time; an object in it gets this tenant's id, too.
    async fn made(self, client: &Client, tenant_id: Option<String>) -> Result<Option<Bytes>> {
        let body = match self {
            Self::Ready(body) => body?,
            Self::Written(text) => return text.map(|text| Some(text.into())),
            Self::Later(make) => {
                // It may be a file's.
                let _permit = client.connections().source().await;
                let Prepared { body, warnings } = blocking(make).await?;
                log_warnings(&warnings);
                Some(body)
            }
        };
        let Some(mut body) = body else { return Ok(None) };
        if let (Some(tenant_id), Value::Object(fields)) = (tenant_id, &mut body) {
            fields.insert("tenantId".to_owned(), tenant_id.into());
        }
        serde_json::to_vec(&body).map(|text| Some(text.into())).map_err(no_json)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ready(body) => body.fmt(f),
            Self::Written(text) => text.fmt(f),
            Self::Later(_) => f.write_str("Later"),
        }
    }
}

/// An id that the server may not know.
#[derive(Clone, Debug)]
pub(crate) struct Wanted {
    pub argument: &'static str,
    pub id: String,
}

/// The fixed words and the ids that a path is made of.
#[derive(Debug)]
enum Segment {
    Word(&'static str),
    Id { argument: &'static str, value: String },
}

/// One call of the API: awaited it gives a `T`, with [`Call::json`] the server's own text.
///
/// Nothing is sent before it is awaited. Errors of every call: `Authentication` or `PermissionDenied` for a
/// wrong key, `NotFound` for an unknown id, `RateLimit`, `Server`, `ConnectionFailed`, `RequestTimeout`,
/// `ResponseDecode`, and `InvalidArgument` for an id that can't be one.
#[derive(Debug)]
#[must_use = "a call is sent when it is awaited"]
pub struct Call<T> {
    client: Client,
    method: Method,
    path: Path,
    tenant_id: Option<String>,
    query: Vec<(String, String)>,
    body: Body,
    tenant_id_in_body: bool,
    once: bool,
    body_id: Option<Wanted>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    pub(crate) fn new(client: &Client, method: Method) -> Self {
        Self {
            client: client.clone(),
            method,
            path: Path::Tenant(Vec::new()),
            tenant_id: None,
            query: Vec::new(),
            body: Body::Ready(Ok(None)),
            tenant_id_in_body: false,
            once: false,
            body_id: None,
            answer: PhantomData,
        }
    }

    pub(crate) fn word(self, word: &'static str) -> Self {
        self.segment(Segment::Word(word))
    }

    pub(crate) fn id(self, argument: &'static str, value: impl Into<String>) -> Self {
        self.segment(Segment::Id { argument, value: value.into() })
    }

    fn segment(mut self, segment: Segment) -> Self {
        if let Path::Tenant(segments) = &mut self.path {
            segments.push(segment);
        }
        self
    }

    /// A path of the caller's own, in place of one below the tenant.
    pub(crate) fn raw_path(mut self, path: Result<String>) -> Self {
        self.path = Path::Raw(path);
        self
    }

    pub(crate) fn query(mut self, name: impl Into<String>, value: impl ToString) -> Self {
        self.query.push((name.into(), value.to_string()));
        self
    }

    /// The JSON body; where it could not be made, the call fails with that error before anything is sent.
    pub(crate) fn body<B: Serialize>(mut self, body: Result<B>) -> Self {
        self.body = Body::Ready(body.and_then(|body| serde_json::to_value(body).map(Some).map_err(no_json)));
        self
    }

    /// A body that is JSON text already.
    pub(crate) fn written_body(mut self, text: String) -> Self {
        let checked = serde_json::from_str::<Value>(&text);
        self.body = Body::Written(checked.map(|_| text).map_err(|cause| {
            let message = format!("`body` can't be written as JSON: {cause}.");
            Error::invalid_argument(message, "Pass JSON text; nothing was sent.")
        }));
        self
    }

    /// A body that takes time to make, from a file for example: that is done when the call is awaited.
    pub(crate) fn body_later(mut self, make: impl FnOnce() -> Result<Prepared> + Send + 'static) -> Self {
        self.body = Body::Later(Box::new(make));
        self
    }

    /// Names the tenant in the body, too, as the calls about its users do.
    pub(crate) fn tenant_id_in_body(mut self) -> Self {
        self.tenant_id_in_body = true;
        self
    }

    /// Sends it one time only, whatever happens.
    pub(crate) fn once(mut self) -> Self {
        self.once = true;
        self
    }

    /// Sends this call to another tenant than the client's.
    pub fn tenant_id(mut self, tenant_id: impl Into<Option<String>>) -> Self {
        self.tenant_id = tenant_id.into();
        self
    }

    fn tenant(&self) -> &str {
        self.tenant_id.as_deref().unwrap_or_else(|| self.client.tenant_id())
    }

    /// Names an id that the body holds, for the error where the server does not know it.
    pub(crate) fn about(mut self, argument: &'static str, id: &str) -> Self {
        self.body_id = Some(Wanted { argument, id: id.to_owned() });
        self
    }

    /// The ids that a 404 may be about.
    fn wanted(&self) -> Vec<Wanted> {
        let segments = match &self.path {
            Path::Tenant(segments) => segments.as_slice(),
            Path::Raw(_) => &[],
        };
        let in_path = segments.iter().filter_map(|segment| match segment {
            Segment::Id { argument, value } => Some(Wanted { argument, id: value.clone() }),
            Segment::Word(_) => None,
        });
        in_path.chain(self.body_id.clone()).collect()
    }

    async fn request(self) -> Result<Request> {
        if let Some(id) = &self.tenant_id {
            config::check_tenant_id(id)
                .map_err(|what| Error::invalid_argument(what, "Check `tenant_id`; nothing was sent."))?;
        }
        let tenant_id = self.tenant().to_owned();
        let path = match self.path {
            Path::Tenant(segments) => below_tenant(&tenant_id, &segments)?,
            Path::Raw(path) => path?,
        };
        let mut url = self.client.config().base_url.clone();
        url.set_path(&format!("{}{path}", url.path().trim_end_matches('/')));
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        let body = self.body.made(&self.client, self.tenant_id_in_body.then_some(tenant_id)).await?;
        Ok(Request { method: self.method, url, body })
    }

    /// Sends the call, again where that is safe, and gives the successful answer.
    async fn send(self) -> Result<Answer> {
        let (client, tenant_id, wanted) = (self.client.clone(), self.tenant().to_owned(), self.wanted());
        let retries = client.config().max_retries.unwrap_or(retry::API_RETRIES);
        let retries = if self.once { 0 } else { retries };
        let request = self.request().await?;
        match send(&client, &request, retries).await {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let hint = near_names::hint(&client, &tenant_id, &wanted, error.message()).await;
                // The names are the server's words, too.
                Err(error.maybe_hint(hint.map(|hint| client.config().redactor.text(&hint))))
            }
            outcome => outcome,
        }
    }
}

impl<T: FromAnswer> Call<T> {
    /// Sends the call and gives the answer's JSON as the server wrote it, checked to be a `T`.
    ///
    /// # Errors
    /// As when the call is awaited.
    pub async fn json(self) -> Result<String> {
        let method = self.method;
        decode::json::<T>(self.successful().await?, method)
    }

    async fn model(self) -> Result<T> {
        let method = self.method;
        decode::model(&self.successful().await?, method)
    }

    /// The successful answer. Whether one from a path of the caller's own states a failure is for the caller to judge.
    async fn successful(self) -> Result<Answer> {
        let (method, is_raw) = (self.method, matches!(self.path, Path::Raw(_)));
        let answer = self.send().await?;
        if !is_raw {
            decode::check_outcome::<T>(&answer, method)?;
        }
        Ok(answer)
    }
}

impl<T: FromAnswer> IntoFuture for Call<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.model())
    }
}

async fn send(client: &Client, request: &Request, max_retries: u32) -> Result<Answer> {
    let mut attempts = Attempts::new(request.method.safety(), max_retries);
    loop {
        client.check_open()?;
        let broken = match client.connections().api(request, client.config(), attempts.begin()).await {
            Ok(answer) if answer.is_success() => return Ok(answer),
            // An earlier attempt deleted it, and its answer was lost.
            Ok(answer) if attempts.may_have_worked && is_gone(request, &answer) => {
                return Ok(answer.without_body());
            }
            Ok(answer) => answer.refusal(request.url.path()),
            Err(broken) => broken,
        };
        attempts.after(broken).await?;
    }
}

fn is_gone(request: &Request, answer: &Answer) -> bool {
    request.method == Method::Delete && answer.status() == 404
}

fn no_json(cause: serde_json::Error) -> Error {
    Error::new(ErrorKind::Internal, "The request is no JSON.").caused_by(cause)
}

fn below_tenant(tenant_id: &str, segments: &[Segment]) -> Result<String> {
    let mut path = format!("/tenant/{}", encode("tenant_id", tenant_id)?);
    for segment in segments {
        path.push('/');
        path.push_str(&match segment {
            Segment::Word(word) => Cow::Borrowed(*word),
            Segment::Id { argument, value } => encode(argument, value)?,
        });
    }
    Ok(path)
}

/// An id as one path segment; what would change the path's meaning is refused.
pub(crate) fn encode<'a>(argument: &str, id: &'a str) -> Result<Cow<'a, str>> {
    if matches!(id, "" | "." | "..") {
        let message = format!("`{argument}` is '{id}', which can't be an id.");
        return Err(Error::invalid_argument(
            message,
            "Pass the id as ProcessMind shows it; nothing was sent.",
        ));
    }
    Ok(utf8_percent_encode(id, SEGMENT).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn ids_that_change_the_path_are_refused() {
        for id in ["", ".", ".."] {
            assert_eq!(encode("dataset_id", id).unwrap_err().kind(), ErrorKind::InvalidArgument);
        }
    }

    proptest! {
        #[test]
        fn an_id_stays_one_segment_and_comes_back(id in "\\PC{1,40}") {
            prop_assume!(!matches!(id.as_str(), "." | ".."));
            let encoded = encode("id", &id).unwrap();
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            let url = Url::parse(&format!("http://localhost/{encoded}/end")).unwrap();
            let segments: Vec<_> = url.path_segments().unwrap().collect();
            prop_assert_eq!(segments.len(), 2);
            let decoded = percent_encoding::percent_decode_str(segments[0]).decode_utf8().unwrap();
            prop_assert_eq!(decoded, id);
        }
    }
}
