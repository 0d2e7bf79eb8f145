//! One API call as a value, sent when it is awaited.

use std::borrow::Cow;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::client::Client;
use crate::error::{self, Error, ErrorKind, Result};
use crate::model::FromAnswer;
use crate::retry::{self, Safety, Verdict};
use crate::transport::{Answer, Broken, Request};

/// What a path segment may hold as it is: RFC 3986's unreserved characters.
const SEGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// An HTTP method of the API.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Method {
    Get,
    Post,
    Put,
}

impl Method {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
        }
    }

    fn safety(self) -> Safety {
        if self == Self::Post {
            Safety::Creates
        } else {
            Safety::Idempotent
        }
    }
}

/// The fixed words and the ids that a path is made of.
#[derive(Clone, Debug)]
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
    segments: Vec<Segment>,
    tenant_id: Option<String>,
    query: Vec<(&'static str, String)>,
    body: Result<Option<Bytes>>,
    answer: PhantomData<fn() -> T>,
}

impl<T> Call<T> {
    pub(crate) fn new(client: &Client, method: Method) -> Self {
        Self {
            client: client.clone(),
            method,
            segments: Vec::new(),
            tenant_id: None,
            query: Vec::new(),
            body: Ok(None),
            answer: PhantomData,
        }
    }

    pub(crate) fn word(mut self, word: &'static str) -> Self {
        self.segments.push(Segment::Word(word));
        self
    }

    pub(crate) fn id(mut self, argument: &'static str, value: impl Into<String>) -> Self {
        self.segments.push(Segment::Id {
            argument,
            value: value.into(),
        });
        self
    }

    pub(crate) fn query(mut self, name: &'static str, value: impl ToString) -> Self {
        self.query.push((name, value.to_string()));
        self
    }

    /// The JSON body; where it could not be made, the call fails with that error before anything is sent.
    pub(crate) fn body<B: Serialize>(mut self, body: Result<B>) -> Self {
        self.body = body.and_then(|body| match serde_json::to_vec(&body) {
            Ok(json) => Ok(Some(json.into())),
            Err(cause) => Err(Error::new(ErrorKind::Internal, "The request is no JSON.").caused_by(cause)),
        });
        self
    }

    /// Sends this call to another tenant than the client's.
    pub fn tenant_id(mut self, tenant_id: impl Into<Option<String>>) -> Self {
        self.tenant_id = tenant_id.into();
        self
    }

    fn path(&self) -> Result<String> {
        let tenant = self
            .tenant_id
            .as_deref()
            .unwrap_or_else(|| self.client.tenant_id());
        let mut path = format!("/tenant/{}", encode("tenant_id", tenant)?);
        for segment in &self.segments {
            path.push('/');
            path.push_str(&match segment {
                Segment::Word(word) => Cow::Borrowed(*word),
                Segment::Id { argument, value } => encode(argument, value)?,
            });
        }
        Ok(path)
    }

    fn request(self) -> Result<Request> {
        let mut url = self.client.config().base_url.clone();
        url.set_path(&format!("{}{}", url.path().trim_end_matches('/'), self.path()?));
        if !self.query.is_empty() {
            url.query_pairs_mut().extend_pairs(&self.query);
        }
        Ok(Request {
            method: self.method,
            url,
            body: self.body?,
        })
    }

    /// Sends the call, again where that is safe, and gives the successful answer.
    async fn send(self) -> Result<Answer> {
        let client = self.client.clone();
        let request = self.request()?;
        let (safety, max_retries) = (request.method.safety(), client.config().max_retries);
        let mut attempt = 0;
        loop {
            attempt += 1;
            client.check_open()?;
            let Broken { failure, error } =
                match client.transport().api(&request, client.config(), attempt).await {
                    Ok(answer) if answer.is_success() => return Ok(answer),
                    Ok(answer) => answer.refusal(request.url.path()),
                    Err(broken) => broken,
                };
            let limit = max_retries.unwrap_or(retry::API_RETRIES);
            match retry::decide(
                failure,
                safety,
                attempt,
                limit,
                error.retry_after(),
                fastrand::f64(),
            ) {
                Verdict::Retry(wait) => {
                    retry::announce(attempt, wait, &error);
                    tokio::time::sleep(wait).await;
                }
                Verdict::GiveUp => return Err(error),
                Verdict::Ambiguous => return Err(ambiguous(error)),
            }
        }
    }
}

impl<T: FromAnswer> Call<T> {
    /// Sends the call and gives the answer's JSON as the server wrote it, checked to be a `T`.
    ///
    /// # Errors
    /// As when the call is awaited.
    pub async fn json(self) -> Result<String> {
        let answer = self.send().await?;
        T::json(&answer.body)
            .map(Cow::into_owned)
            .map_err(|cause| undecodable(&answer, cause))
    }

    async fn model(self) -> Result<T> {
        let answer = self.send().await?;
        T::from_answer(&answer.body).map_err(|cause| undecodable(&answer, cause))
    }
}

impl<T: FromAnswer> IntoFuture for Call<T> {
    type Output = Result<T>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.model())
    }
}

/// An id as one path segment; what would change the path's meaning is refused.
fn encode<'a>(argument: &str, id: &'a str) -> Result<Cow<'a, str>> {
    if matches!(id, "" | "." | "..") {
        return Err(Error::new(
            ErrorKind::InvalidArgument,
            format!("`{argument}` is '{id}', which can't be an id."),
        )
        .hint("Pass the id as ProcessMind shows it; nothing was sent."));
    }
    Ok(utf8_percent_encode(id, SEGMENT).into())
}

fn ambiguous(error: Error) -> Error {
    let message = format!(
        "It is not known whether the object was created. {}",
        error.message()
    );
    Error::new(ErrorKind::AmbiguousResult, message)
        .hint("Look with the list call before you create it again: it may exist.")
        .context(error.context_of_request())
        .caused_by(error)
}

fn undecodable(answer: &Answer, cause: serde_json::Error) -> Error {
    let page = error::looks_like_html(&answer.text());
    let what = if page {
        "a web page"
    } else {
        "not the JSON that was expected"
    };
    let hint = if page {
        error::HTML_HINT
    } else {
        "The request may have been carried out all the same."
    };
    let message = format!("{} is {what}: {cause}.", answer.title());
    Error::new(ErrorKind::ResponseDecode, message)
        .hint(hint)
        .context(answer.context.clone())
        .caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use url::Url;

    #[test]
    fn ids_that_change_the_path_are_refused() {
        for id in ["", ".", ".."] {
            assert_eq!(
                encode("dataset_id", id).unwrap_err().kind(),
                ErrorKind::InvalidArgument
            );
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
