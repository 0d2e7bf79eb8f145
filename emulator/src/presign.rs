//! Query-signed S3 URLs (AWS Signature Version 4).

use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use crate::storage::hex;

/// Signatures of this version are valid for seven days at most, in seconds.
pub(crate) const LONGEST_VALIDITY: u32 = 604_800;

/// SigV4 leaves only the unreserved characters as they are.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');
const PATH: &AsciiSet = &QUERY.remove(b'/');

/// A pair of storage keys and where it is valid.
#[derive(Clone, Debug)]
pub(crate) struct Signer {
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
    pub(crate) region: String,
}

impl Signer {
    /// The URL by which one may `PUT` the object at `path` until `expires` seconds after `at`.
    pub(crate) fn put_url(&self, host: &str, path: &str, at: Timestamp, expires: u32) -> String {
        let signed = self.sign("PUT", host, path, at, expires);
        format!("http://{host}{signed}")
    }

    fn sign(&self, method: &str, host: &str, path: &str, at: Timestamp, expires: u32) -> String {
        let date = at.strftime("%Y%m%d").to_string();
        let time = at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let scope = format!("{date}/{}/s3/aws4_request", self.region);
        let path = utf8_percent_encode(path, PATH).to_string();
        let credential = format!("{}/{scope}", self.access_key);
        let query = format!(
            "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={}&X-Amz-Date={time}\
             &X-Amz-Expires={expires}&X-Amz-SignedHeaders=host",
            utf8_percent_encode(&credential, QUERY)
        );
        let request = format!("{method}\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
        let text = string_to_sign(&time, &scope, &request);
        let first = format!("AWS4{}", self.secret_key).into_bytes();
        let parts = [date.as_str(), &self.region, "s3", "aws4_request", &text];
        let signature = parts.into_iter().fold(first, |key, part| hmac(&key, part));
        format!("{path}?{query}&X-Amz-Signature={}", hex(&signature))
    }
}

/// What the signature of a canonical request is made of.
pub(crate) fn string_to_sign(time: &str, scope: &str, request: &str) -> String {
    format!("AWS4-HMAC-SHA256\n{time}\n{scope}\n{}", hex(&Sha256::digest(request)))
}

fn hmac(key: &[u8], text: &str) -> Vec<u8> {
    // An HMAC takes a key of any length.
    Hmac::<Sha256>::new_from_slice(key)
        .map(|mac| mac.chain_update(text).finalize().into_bytes().to_vec())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the AWS documentation, "Authenticating requests: using query parameters".
    #[test]
    fn the_published_example() {
        let signer = Signer {
            access_key: "AKIAIOSFODNN7EXAMPLE".to_owned(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
            region: "us-east-1".to_owned(),
        };
        let at = "2013-05-24T00:00:00Z".parse().unwrap();
        let url = signer.sign("GET", "examplebucket.s3.amazonaws.com", "/test.txt", at, 86_400);
        assert_eq!(
            url,
            "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256\
             &X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request\
             &X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host\
             &X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404"
        );
    }
}
