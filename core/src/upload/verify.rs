//! Whether storage holds the bytes that were sent.

use std::io::{self, Read};
use std::sync::atomic::{AtomicBool, Ordering};

use md5::{Digest, Md5};

use super::body::fill;
use super::source::Source;
use super::storage;
use crate::answer::Answer;
use crate::blocking::stoppable;
use crate::error::{Error, ErrorKind, Result};
use crate::retry::Failure;
use crate::transport::Broken;

/// How much of the source is read at once.
const BUFFER: usize = 256 * 1024;

/// What proved an upload.
#[derive(Debug, Default)]
pub(crate) struct Proof {
    /// The checksum that was compared.
    pub by: Option<&'static str>,
    /// The source's MD5, where it was computed.
    pub md5: Option<String>,
}

/// Compares what storage states with what was sent. A mismatch is worth another attempt.
pub(crate) async fn verify(answer: &Answer, sent: Option<&str>, source: &Source) -> Result<Proof, Broken> {
    if let (Some(stated), Some(sent)) = (answer.header("x-amz-checksum-crc64nvme"), sent) {
        compare(answer, "CRC64-NVME", stated, sent)?;
        return Ok(Proof { by: Some("crc64nvme"), md5: None });
    }
    if storage::etag_of(answer).is_none() {
        return Err(unconfirmed(answer));
    }
    let Some(stated) = storage::md5_of(answer) else { return Ok(Proof::default()) };
    let sent = md5_of_source(source.clone()).await.map_err(|error| error.after(answer.context.attempts))?;
    compare(answer, "MD5", &stated, &sent)?;
    Ok(Proof { by: Some("md5"), md5: Some(sent) })
}

/// Reads the source once more: MD5 is too slow to compute for every upload.
async fn md5_of_source(source: Source) -> Result<String> {
    stoppable(move |stop| source.open().and_then(|reading| md5_of(reading, stop)).map_err(unreadable)).await
}

fn md5_of(mut reading: impl Read, stop: &AtomicBool) -> io::Result<String> {
    let (mut digest, mut buffer) = (Md5::new(), vec![0; BUFFER]);
    while !stop.load(Ordering::Relaxed) {
        let read = fill(&mut reading, &mut buffer)?;
        if read == 0 {
            return Ok(digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect());
        }
        digest.update(buffer.get(..read).unwrap_or_default());
    }
    Err(io::Error::other("nobody waits for the proof any more"))
}

fn unreadable(cause: io::Error) -> Error {
    Error::new(ErrorKind::Source, format!("The file was sent, but can't be read again to prove it: {cause}."))
        .with_hint("Look at the datatable's row count, or pass `verify` as false.")
        .caused_by(cause)
}

/// Storage names what it has stored: a success without a name is somebody else's.
fn unconfirmed(answer: &Answer) -> Broken {
    let message = format!("{} names nothing that was stored.", answer.title());
    let error = Error::new(ErrorKind::Upload, message)
        .with_hint("A proxy or a sign-in page may have answered in storage's place: check the network and try again.")
        .context(answer.context.clone());
    Broken { failure: Failure::Broken, error }
}

fn compare(answer: &Answer, what: &str, stated: &str, sent: &str) -> Result<(), Broken> {
    if stated == sent {
        return Ok(());
    }
    let message = format!("Storage holds other bytes than were sent ({what} {stated}, not {sent}).");
    let error = Error::new(ErrorKind::ChecksumMismatch, message)
        .with_hint("Something on the way alters data: upload it again, over another line if you can.")
        .context(answer.context.clone());
    Err(Broken { failure: Failure::Broken, error })
}

#[cfg(test)]
mod tests {
    use super::*;

    const BYTES: &[u8] = b"CaseId,Activity\n";
    const MD5: &str = "\"0d9e9ce0e1c1b1ae1a8a9c5f2f9f6b0a\"";

    async fn proof(headers: &[(&'static str, &str)], sent: Option<&str>) -> Result<Proof, Error> {
        let answer = Answer::made(200, headers, "");
        verify(&answer, sent, &Source::bytes(BYTES)).await.map_err(|broken| broken.error)
    }

    fn md5() -> String {
        Md5::digest(BYTES).iter().map(|byte| format!("{byte:02x}")).collect()
    }

    #[tokio::test]
    async fn the_checksum_that_storage_states_comes_first() {
        let headers = [("x-amz-checksum-crc64nvme", "AAAA="), ("etag", MD5)];
        assert_eq!(proof(&headers, Some("AAAA=")).await.unwrap().by, Some("crc64nvme"));
        let mismatch = proof(&headers, Some("BBBB=")).await.unwrap_err();
        assert_eq!(mismatch.kind(), ErrorKind::ChecksumMismatch);
    }

    #[tokio::test]
    async fn without_it_the_md5_of_the_source_is_compared_with_the_etag() {
        let etag = format!("\"{}\"", md5().to_uppercase());
        let proved = proof(&[("etag", &etag)], None).await.unwrap();
        assert_eq!((proved.by, proved.md5), (Some("md5"), Some(md5())));
        assert_eq!(proof(&[("etag", MD5)], None).await.unwrap_err().kind(), ErrorKind::ChecksumMismatch);
    }

    #[test]
    fn an_md5_that_nobody_waits_for_is_not_computed_to_its_end() {
        assert!(md5_of(io::repeat(0), &AtomicBool::new(true)).is_err());
    }

    #[tokio::test]
    async fn a_success_without_an_etag_is_not_storages() {
        let error = proof(&[], Some("AAAA=")).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Upload);
        assert!(error.hint().unwrap().contains("proxy"));
    }

    #[tokio::test]
    async fn an_etag_that_is_no_md5_proves_nothing() {
        let customer = "x-amz-server-side-encryption-customer-algorithm";
        let encrypted = [("etag", MD5), ("x-amz-server-side-encryption", "aws:kms")];
        for headers in [&encrypted[..], &[("etag", MD5), (customer, "AES256")], &[("etag", "\"abc-2\"")]] {
            assert_eq!(proof(headers, Some("AAAA=")).await.unwrap().by, None);
        }
    }
}
