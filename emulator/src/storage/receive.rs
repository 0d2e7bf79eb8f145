//! Taking in the bytes of one object.

use std::{io::Write, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::{Bytes, BytesMut};
use crc_fast::{CrcAlgorithm, Digest as Crc};
use futures_util::StreamExt;
use md5::{Digest, Md5};
use s3s::{S3Result, dto::StreamingBlob, s3_error};
use tempfile::NamedTempFile;
use tokio::sync::mpsc;

use super::objects;

/// Chunks on their way from the socket to the file.
const QUEUE: usize = 16;

/// An object that is complete but not yet in its place; dropped, it is gone.
#[derive(Debug)]
pub(super) struct Received {
    pub(super) file: NamedTempFile,
    pub(super) bytes: u64,
    pub(super) md5: [u8; 16],
    /// In base64, as S3 states it.
    pub(super) crc64nvme: String,
}

/// Writes the body to a new part file. With `corrupt` its first byte arrives changed.
///
/// Hashing and writing have a thread of their own: they would hold up the runtime.
pub(super) async fn receive(
    mut body: StreamingBlob,
    directory: PathBuf,
    corrupt: bool,
) -> S3Result<Received> {
    let (sender, chunks) = mpsc::channel(QUEUE);
    let writer = tokio::task::spawn_blocking(move || write(chunks, directory));
    let mut flip = corrupt;
    while let Some(chunk) = body.next().await {
        // The peer went away: the writer ends with the channel and its file is removed.
        let chunk = chunk.map_err(|_| {
            s3_error!(
                IncompleteBody,
                "You did not provide the number of bytes specified by the Content-Length HTTP header"
            )
        })?;
        let chunk = if std::mem::take(&mut flip) { with_flipped_bit(&chunk) } else { chunk };
        if sender.send(chunk).await.is_err() {
            break;
        }
    }
    drop(sender);
    let written = writer.await.map_err(|error| s3_error!(error, InternalError))?;
    written.map_err(|error| s3_error!(error, InternalError))
}

fn write(mut chunks: mpsc::Receiver<Bytes>, directory: PathBuf) -> std::io::Result<Received> {
    let mut file = objects::new_part(&directory)?;
    let (mut md5, mut crc, mut bytes) = (Md5::new(), Crc::new(CrcAlgorithm::Crc64Nvme), 0_u64);
    while let Some(chunk) = chunks.blocking_recv() {
        md5.update(&chunk);
        crc.update(&chunk);
        file.write_all(&chunk)?;
        bytes = bytes.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
    }
    let crc64nvme = STANDARD.encode(crc.finalize().to_be_bytes());
    Ok(Received { file, bytes, md5: md5.finalize().into(), crc64nvme })
}

fn with_flipped_bit(chunk: &Bytes) -> Bytes {
    let mut changed = BytesMut::from(chunk.as_ref());
    if let Some(first) = changed.first_mut() {
        *first ^= 1;
    }
    changed.freeze()
}
