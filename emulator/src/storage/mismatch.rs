//! What S3 tells of a signature that does not match: what it was given, and what it would have signed.

use std::fmt::Write;

use axum::{
    extract::Request,
    http::{HeaderMap, Method, Uri},
};
use percent_encoding::percent_decode_str;
use quick_xml::escape::escape;

use super::access::parameter;
use crate::presign::string_to_sign;

/// The parts of a request that its signature is for.
pub(super) struct Asked {
    method: Method,
    uri: Uri,
    headers: HeaderMap,
}

impl Asked {
    pub(super) fn of(request: &Request) -> Self {
        Self {
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
        }
    }

    /// The elements of the error document, in the order of S3; none, if the query holds no signature.
    pub(super) fn explained(&self) -> String {
        let Some(signature) = self.parameter("X-Amz-Signature") else {
            return String::new();
        };
        let credential = self.parameter("X-Amz-Credential").unwrap_or_default();
        let (access_key, scope) = credential.split_once('/').unwrap_or((&credential, ""));
        let time = self.parameter("X-Amz-Date").unwrap_or_default();
        let request = self.canonical();
        let text = string_to_sign(&time, scope, &request);
        [
            ("AWSAccessKeyId", access_key),
            ("StringToSign", &text),
            ("SignatureProvided", &signature),
            ("StringToSignBytes", &octets(&text)),
            ("CanonicalRequest", &request),
            ("CanonicalRequestBytes", &octets(&request)),
        ]
        .into_iter()
        .map(|(name, value)| format!("<{name}>{}</{name}>", escape(value)))
        .collect()
    }

    fn parameter(&self, name: &str) -> Option<String> {
        let value = parameter(self.uri.query()?, name)?;
        Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
    }

    /// The request in the form that is signed; path and query are taken as they were sent.
    fn canonical(&self) -> String {
        let query = self.uri.query().unwrap_or_default();
        let mut query: Vec<_> =
            query.split('&').filter(|pair| !pair.starts_with("X-Amz-Signature=")).collect();
        query.sort_unstable();
        let signed = self.parameter("X-Amz-SignedHeaders").unwrap_or_default();
        let headers: String =
            signed.split(';').map(|name| format!("{name}:{}\n", self.header(name))).collect();
        let (method, path, query) = (&self.method, self.uri.path(), query.join("&"));
        format!("{method}\n{path}\n{query}\n{headers}\n{signed}\nUNSIGNED-PAYLOAD")
    }

    fn header(&self, name: &str) -> String {
        let values: Vec<_> = self.headers.get_all(name).iter().map(|value| value.as_bytes()).collect();
        String::from_utf8_lossy(&values.join(&b","[..])).trim().to_owned()
    }
}

/// The bytes of a text as S3 lists them.
fn octets(text: &str) -> String {
    let listed = text.bytes().fold(String::with_capacity(text.len() * 3), |mut listed, byte| {
        // Writing to a string does not fail.
        let _ = write!(listed, "{byte:02x} ");
        listed
    });
    listed.trim_end().to_owned()
}
