//! The body of a storage PUT: read on a thread of its own into recycled buffers, hashed and counted on the way.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::mpsc as recycling;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use bytes::Bytes;
use crc_fast::{CrcAlgorithm, Digest};
use http_body::{Body, Frame, SizeHint};
use tokio::sync::mpsc;

use super::source::{Facts, Reading, Source};
use crate::error::{Error, ErrorKind};
use crate::open_files;
use crate::progress::{Phase, Reporter};

/// The size that loses least: smaller ones wake the sender too often, larger ones fall out of the cache.
const BUFFER: usize = 256 * 1024;
/// One buffer being filled while another waits: more of them bring nothing.
const DEPTH: usize = 2;

/// What became of the source while it was sent.
#[derive(Debug, Default)]
pub(crate) struct Outcome(Mutex<OutcomeState>);

#[derive(Debug, Default)]
struct OutcomeState {
    crc64nvme: Option<String>,
    error: Option<Error>,
}

impl Outcome {
    /// The CRC64-NVME of the whole source in base64, as storage states it.
    pub fn crc64nvme(&self) -> Option<String> {
        self.lock().crc64nvme.clone()
    }

    /// Why the source could not be sent, if it is the source's fault that it was not.
    pub fn take_error(&self) -> Option<Error> {
        self.lock().error.take()
    }

    fn state(&self, digest: &Digest) {
        self.lock().crc64nvme = Some(BASE64.encode(digest.finalize().to_be_bytes()));
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, OutcomeState> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A source on its way to the socket. Dropping it ends the thread that reads.
#[derive(Debug)]
pub(crate) struct UploadBody {
    chunks: mpsc::Receiver<io::Result<Bytes>>,
    outcome: Arc<Outcome>,
    reporter: Reporter,
    attempt: u32,
    sent: u64,
    total: u64,
}

impl UploadBody {
    /// Starts to read.
    pub fn start(
        source: &Source,
        facts: &Facts,
        reporter: Reporter,
        attempt: u32,
    ) -> io::Result<(Self, Arc<Outcome>)> {
        let (sender, chunks) = mpsc::channel(DEPTH);
        let outcome = Arc::new(Outcome::default());
        // Of nothing: an empty file has its answer before the thread has started.
        outcome.state(&Digest::new(CrcAlgorithm::Crc64Nvme));
        let reader =
            Reader { source: source.clone(), facts: facts.clone(), sender, outcome: outcome.clone() };
        thread::Builder::new().name("processmind-read".to_owned()).spawn(move || reader.run())?;
        let body = Self { chunks, outcome: outcome.clone(), reporter, attempt, sent: 0, total: facts.size };
        Ok((body, outcome))
    }
}

impl UploadBody {
    /// Tells the listener. Its panic ends the upload, as an error that no other attempt can change.
    fn report(&self) -> io::Result<()> {
        let report = || self.reporter.report(Phase::Sending, self.sent, self.total, self.attempt);
        catch_unwind(AssertUnwindSafe(report)).map_err(|panic| {
            self.outcome.lock().error = Some(Error::from_panic(&*panic));
            io::Error::other("the listener panicked")
        })
    }
}

impl Body for UploadBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let Some(chunk) = ready!(self.chunks.poll_recv(cx)) else {
            return Poll::Ready(None);
        };
        let chunk = match chunk {
            Ok(chunk) => chunk,
            Err(error) => return Poll::Ready(Some(Err(error))),
        };
        self.sent += chunk.len() as u64;
        // The whole is told only when storage has confirmed it.
        if self.sent < self.total {
            self.report()?;
        }
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.total - self.sent)
    }

    fn is_end_stream(&self) -> bool {
        self.sent >= self.total
    }
}

/// The reading side.
struct Reader {
    source: Source,
    facts: Facts,
    sender: mpsc::Sender<io::Result<Bytes>>,
    outcome: Arc<Outcome>,
}

impl Reader {
    fn run(self) {
        if let Err(error) = self.send_all() {
            let text = error.message().to_owned();
            self.outcome.lock().error = Some(error);
            // Where nobody receives, the attempt is over already.
            let _ = self.sender.blocking_send(Err(io::Error::other(text)));
        }
    }

    fn send_all(&self) -> Result<(), Error> {
        let mut reading = self.source.open().map_err(unreadable)?;
        if reading.is_changed(&self.facts).map_err(unreadable)? {
            return Err(changed());
        }
        let (give_back, used) = recycling::channel();
        let mut digest = Digest::new(CrcAlgorithm::Crc64Nvme);
        let mut left = self.facts.size;
        while left > 0 {
            let mut buffer = used.try_recv().unwrap_or_else(|_| vec![0; BUFFER].into_boxed_slice());
            let want = usize::try_from(left).unwrap_or(BUFFER).min(BUFFER);
            let filled =
                fill(&mut reading, buffer.get_mut(..want).unwrap_or_default()).map_err(unreadable)?;
            left -= filled as u64;
            digest.update(buffer.get(..filled).unwrap_or_default());
            if left == 0 {
                self.outcome.state(&digest);
            }
            // The last bytes go out only if the source is still what was announced: a changed one never completes.
            if filled < want || (left == 0 && self.is_changed(&mut reading)?) {
                return Err(changed());
            }
            let chunk =
                Bytes::from_owner(Recycled { buffer: Some(buffer), filled, give_back: give_back.clone() });
            if self.sender.blocking_send(Ok(chunk)).is_err() {
                return Ok(());
            }
        }
        Ok(())
    }

    fn is_changed(&self, reading: &mut Reading) -> Result<bool, Error> {
        let longer = fill(reading, &mut [0]).map_err(unreadable)? > 0;
        Ok(longer || reading.is_changed(&self.facts).map_err(unreadable)?)
    }
}

/// Reads until the buffer is full or the source ends.
pub(super) fn fill(source: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(rest) = buffer.get_mut(filled..).filter(|rest| !rest.is_empty()) {
        match source.read(rest) {
            Ok(0) => break,
            Ok(read) => filled += read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

/// A buffer that returns to the reader when its bytes are sent: fresh ones cost page faults for every chunk.
struct Recycled {
    buffer: Option<Box<[u8]>>,
    filled: usize,
    give_back: recycling::Sender<Box<[u8]>>,
}

impl AsRef<[u8]> for Recycled {
    fn as_ref(&self) -> &[u8] {
        self.buffer.as_deref().and_then(|buffer| buffer.get(..self.filled)).unwrap_or_default()
    }
}

impl Drop for Recycled {
    fn drop(&mut self) {
        if let Some(buffer) = self.buffer.take() {
            // The reader may have ended: then the buffer is freed.
            let _ = self.give_back.send(buffer);
        }
    }
}

fn unreadable(cause: io::Error) -> Error {
    let hint = match open_files::are_too_many(&cause) {
        true => open_files::HINT,
        false => "Check the disk or the share it is on; nothing was stored.",
    };
    Error::new(ErrorKind::Source, format!("The file can't be read any more: {cause}."))
        .with_hint(hint)
        .caused_by(cause)
}

/// The source is not what was announced.
pub(crate) fn changed() -> Error {
    Error::new(ErrorKind::SourceChanged, "The file changed while it was sent.")
        .with_hint("Upload it when whatever writes it is done; nothing was stored.")
}
