//! Who may store what.

use std::sync::Arc;

use s3s::{
    S3Result,
    access::{S3Access, S3AccessContext},
    auth::{S3Auth, SecretKey},
    s3_error,
};

use crate::{app::App, presign::LONGEST_VALIDITY};

/// The one pair of keys that there is.
pub(super) struct Keys(pub(super) Arc<App>);

#[async_trait::async_trait]
impl S3Auth for Keys {
    async fn get_secret_key(&self, access_key: &str) -> S3Result<SecretKey> {
        let signer = &self.0.signer;
        if access_key == signer.access_key {
            return Ok(SecretKey::from(signer.secret_key.as_str()));
        }
        Err(s3_error!(
            InvalidAccessKeyId,
            "The AWS Access Key Id you provided does not exist in our records."
        ))
    }
}

/// Lets pass what a valid presigned URL allows, in the way S3 does.
pub(super) struct PresignedOnly;

#[async_trait::async_trait]
impl S3Access for PresignedOnly {
    async fn check(&self, cx: &mut S3AccessContext<'_>) -> S3Result<()> {
        if cx.credentials().is_none() {
            return Err(s3_error!(AccessDenied, "Access Denied"));
        }
        let query = cx.uri().query().unwrap_or_default();
        if parameter(query, "X-Amz-Expires")
            .is_some_and(|value| !value.parse().is_ok_and(|s: u32| s <= LONGEST_VALIDITY))
        {
            return Err(s3_error!(
                AuthorizationQueryParametersError,
                "X-Amz-Expires must be less than a week (in seconds); that is, the given X-Amz-Expires must be less than 604800 seconds"
            ));
        }
        let signed = parameter(query, "X-Amz-SignedHeaders").unwrap_or_default().replace("%3B", ";");
        let is_signed = |name: &str| signed.split(';').any(|other| other.eq_ignore_ascii_case(name));
        if cx.headers().keys().any(|name| name.as_str().starts_with("x-amz-") && !is_signed(name.as_str())) {
            return Err(s3_error!(
                AccessDenied,
                "There were headers present in the request which were not signed"
            ));
        }
        Ok(())
    }
}

/// The value of a parameter as it was sent.
pub(super) fn parameter<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}
