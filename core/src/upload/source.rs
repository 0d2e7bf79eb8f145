//! Where the bytes of an upload come from, in a form that can be read again for every attempt.

use std::fmt;
use std::fs::File;
use std::future::Future;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::mem;
use std::path::PathBuf;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytes::{Buf, Bytes};
use futures_util::{Stream, TryStreamExt as _};
use tokio::io::{AsyncRead, AsyncReadExt};

use super::plan::{self, LARGEST};
use crate::blocking::blocking;
use crate::error::{Error, ErrorKind, Result};

/// How much of a source of unknown length is kept in memory before it moves to a temporary file.
const SPOOL_IN_MEMORY: usize = 8 * 1024 * 1024;
/// How much of a stream is read before it is spooled.
const CHUNK: usize = 256 * 1024;

const UNMADE: &str = "the source was made for another upload, or not at all";

/// Where the bytes of an upload come from: a path, bytes in memory, a stream, or a [`Spool`].
#[derive(Clone, Debug)]
pub struct Source {
    kind: Kind,
    /// The name that it has itself.
    file_name: Option<String>,
    /// What it is stored as if neither it nor the caller has a name for it.
    default_name: Option<&'static str>,
}

#[derive(Clone, Debug)]
enum Kind {
    Path(PathBuf),
    Bytes(Bytes),
    Copy(Arc<Mutex<File>>),
    Later(Later),
}

/// What makes a source, until that is asked for.
#[derive(Clone)]
struct Later(Arc<Mutex<Option<Making>>>);

enum Making {
    Failed(Error),
    Future(Pin<Box<dyn Future<Output = Result<Source>> + Send>>),
}

/// What a source is before it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Facts {
    pub size: u64,
    pub modified: Option<SystemTime>,
    pub file_name: Option<String>,
}

/// A reader of a source that can tell whether the source is still what it was.
pub(crate) struct Reading {
    bytes: Box<dyn Read + Send>,
    file: Option<Arc<File>>,
}

impl Source {
    /// A file that is on disk.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let file_name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        Self { file_name, ..Self::unnamed(Kind::Path(path)) }
    }

    /// Bytes in memory. They have no name: the upload's options must give one.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::unnamed(Kind::Bytes(bytes.into()))
    }

    /// What a stream gives until it ends. It has no name: the upload's options must give one.
    ///
    /// It is read now, into a [`Spool`]: its size has to be known before it is sent, and every attempt
    /// sends it from its start.
    ///
    /// # Errors
    /// `Source` where the stream fails, or the temporary file can't be written; `FileTooLarge` where it does not end
    /// within 5 GiB.
    pub async fn from_reader(reader: impl AsyncRead + Unpin) -> Result<Self> {
        Spool::new().filled(reader).await
    }

    /// As [`Source::from_reader`], of a stream that gives its bytes in chunks.
    ///
    /// # Errors
    /// As [`Source::from_reader`], and what the stream fails with.
    pub async fn from_chunks(chunks: impl Stream<Item = Result<Bytes>>) -> Result<Self> {
        let (mut spool, mut chunks) = (Spool::new(), pin!(chunks));
        while let Some(chunk) = chunks.try_next().await? {
            (spool, _) = spool.write_elsewhere(chunk).await?;
        }
        Ok(spool.finish())
    }

    /// A source that is made when its upload begins, and not if the options can't be right: so of many streams
    /// only those are read that are about to be sent. It has no name: the upload's options must give one.
    pub fn later(make: impl Future<Output = Result<Self>> + Send + 'static) -> Self {
        Self::unnamed(Kind::Later(Later::new(Making::Future(Box::pin(make)))))
    }

    /// A source that can't be had: its upload fails with this error.
    #[must_use]
    pub fn failed(error: Error) -> Self {
        Self::unnamed(Kind::Later(Later::new(Making::Failed(error))))
    }

    fn unnamed(kind: Kind) -> Self {
        Self { kind, file_name: None, default_name: None }
    }

    /// The same source, stored as this if the caller has no name for it.
    #[cfg(feature = "arrow")]
    pub(crate) fn or_named(self, default_name: &'static str) -> Self {
        Self { default_name: Some(default_name), ..self }
    }

    /// Whether it is known by now that it can't be had.
    pub(crate) fn is_failed(&self) -> bool {
        matches!(&self.kind, Kind::Later(later) if matches!(*later.lock(), Some(Making::Failed(_))))
    }

    /// Whether it takes time to know more about it.
    pub(crate) fn is_later(&self) -> bool {
        matches!(&self.kind, Kind::Later(later) if matches!(*later.lock(), Some(Making::Future(_))))
    }

    /// The source itself, made if that is yet to be done.
    pub(crate) async fn made(self) -> Result<Self> {
        let Kind::Later(later) = self.kind else { return Ok(self) };
        let making = later.lock().take();
        let made = match making {
            Some(Making::Future(make)) => make.await?,
            Some(Making::Failed(error)) => return Err(error),
            None => return Err(Error::internal(UNMADE)),
        };
        Ok(Self {
            file_name: self.file_name.or(made.file_name),
            default_name: self.default_name.or(made.default_name),
            kind: made.kind,
        })
    }

    /// The facts that a presigned URL is asked for with.
    pub(crate) fn facts(&self) -> Result<Facts> {
        let file_name = self.file_name();
        match &self.kind {
            Kind::Path(path) => {
                let metadata = std::fs::metadata(path).map_err(|cause| Error::unreadable(path, cause))?;
                if !metadata.is_file() {
                    return Err(Error::not_a_file(path, &metadata));
                }
                // What may be looked at may still not be read: better known now than after presigning.
                File::open(path).map_err(|cause| Error::unreadable(path, cause))?;
                Ok(Facts { size: metadata.len(), modified: metadata.modified().ok(), file_name })
            }
            Kind::Bytes(bytes) => Ok(Facts { size: bytes.len() as u64, modified: None, file_name }),
            Kind::Copy(copy) => {
                let size = locked(copy).seek(SeekFrom::End(0)).map_err(unspooled)?;
                Ok(Facts { size, modified: None, file_name })
            }
            Kind::Later(_) => Err(Error::internal(UNMADE)),
        }
    }

    /// The name that it is stored under if the caller gives none.
    pub(crate) fn file_name(&self) -> Option<String> {
        self.file_name.clone().or_else(|| self.default_name.map(ToOwned::to_owned))
    }

    /// Opens it from its start.
    pub(crate) fn open(&self) -> io::Result<Reading> {
        Ok(match &self.kind {
            Kind::Path(path) => {
                let file = Arc::new(File::open(path)?);
                Reading { bytes: Box::new(file.clone()), file: Some(file) }
            }
            Kind::Bytes(bytes) => Reading { bytes: Box::new(bytes.clone().reader()), file: None },
            Kind::Copy(copy) => {
                Reading { bytes: Box::new(CopyReader { copy: copy.clone(), at: 0 }), file: None }
            }
            Kind::Later(_) => return Err(io::Error::other(UNMADE)),
        })
    }
}

/// A source that can be read from any place.
#[cfg(feature = "eventlog")]
pub(crate) trait ReadSeek: Read + Seek {}
#[cfg(feature = "eventlog")]
impl<S: Read + Seek> ReadSeek for S {}

#[cfg(feature = "eventlog")]
impl Source {
    /// The name that it has itself.
    pub(crate) fn own_name(&self) -> Option<String> {
        self.file_name.clone()
    }

    /// What it is stored as if neither it nor the caller has a name for it.
    pub(crate) fn default_name(&self) -> Option<&'static str> {
        self.default_name
    }

    /// Opens it from its start, for readers that go back and forth, as those of workbooks do.
    pub(crate) fn open_seekable(&self) -> io::Result<Box<dyn ReadSeek>> {
        Ok(match &self.kind {
            Kind::Path(path) => Box::new(io::BufReader::new(File::open(path)?)),
            Kind::Bytes(bytes) => Box::new(io::Cursor::new(bytes.clone())),
            Kind::Copy(copy) => Box::new(io::BufReader::new(CopyReader { copy: copy.clone(), at: 0 })),
            Kind::Later(_) => return Err(io::Error::other(UNMADE)),
        })
    }
}

impl Later {
    fn new(making: Making) -> Self {
        Self(Arc::new(Mutex::new(Some(making))))
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Option<Making>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Later {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Later")
    }
}

impl Reading {
    /// Whether the file is no longer what `facts` say; what is in memory can't change.
    pub fn is_changed(&self, facts: &Facts) -> io::Result<bool> {
        let Some(file) = &self.file else { return Ok(false) };
        let metadata = file.metadata()?;
        Ok(metadata.len() != facts.size || metadata.modified().ok() != facts.modified)
    }
}

impl Read for Reading {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.bytes.read(buffer)
    }
}

impl<P: Into<PathBuf>> From<P> for Source {
    fn from(path: P) -> Self {
        Self::path(path)
    }
}

/// Collects a source of unknown length, of at most 5 GiB: 8 MiB in memory, then a temporary file that no other user
/// can read and that is gone with it.
#[derive(Debug)]
pub struct Spool {
    memory: Vec<u8>,
    file: Option<File>,
    /// How many more bytes it takes.
    left: u64,
}

impl Spool {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        Self::of(LARGEST)
    }

    fn of(largest: u64) -> Self {
        Self { memory: Vec::new(), file: None, left: largest }
    }

    /// Adds bytes.
    ///
    /// # Errors
    /// `Source` where the temporary file can't be written; `FileTooLarge` where they are more than an upload holds.
    pub fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.left = self.left.checked_sub(bytes.len() as u64).ok_or_else(endless)?;
        if self.file.is_none() && self.memory.len() + bytes.len() <= SPOOL_IN_MEMORY {
            self.memory.extend_from_slice(bytes);
            return Ok(());
        }
        self.write_to_disk(bytes).map_err(unspooled)
    }

    fn write_to_disk(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(file) = &mut self.file {
            return file.write_all(bytes);
        }
        let file = self.file.insert(unnamed_file()?);
        file.write_all(&mem::take(&mut self.memory))?;
        file.write_all(bytes)
    }

    /// Adds all that a reader has.
    async fn filled(mut self, mut reader: impl AsyncRead + Unpin) -> Result<Source> {
        let mut chunk = Vec::with_capacity(CHUNK);
        loop {
            chunk.clear();
            let read = (&mut reader).take(CHUNK as u64).read_to_end(&mut chunk).await;
            if read.map_err(Error::unread)? == 0 {
                return Ok(self.finish());
            }
            (self, chunk) = self.write_elsewhere(chunk).await?;
        }
    }

    /// Adds bytes off the runtime: a disk may be slow.
    async fn write_elsewhere<B: AsRef<[u8]> + Send + 'static>(mut self, bytes: B) -> Result<(Self, B)> {
        blocking(move || self.write(bytes.as_ref()).map(|()| (self, bytes))).await
    }

    /// The source of what was written.
    #[must_use]
    pub fn finish(self) -> Source {
        Source::unnamed(match self.file {
            Some(file) => Kind::Copy(Arc::new(Mutex::new(file))),
            None => Kind::Bytes(self.memory.into()),
        })
    }
}

impl Default for Spool {
    fn default() -> Self {
        Self::new()
    }
}

/// A temporary file that has no name, and is its user's alone.
fn unnamed_file() -> io::Result<File> {
    let file = tempfile::tempfile()?;
    #[cfg(unix)]
    file.set_permissions(std::os::unix::fs::PermissionsExt::from_mode(0o600))?;
    Ok(file)
}

/// Reads a spool's file from a place of its own, so that an attempt that is being given up can't disturb the next.
struct CopyReader {
    copy: Arc<Mutex<File>>,
    at: u64,
}

impl Read for CopyReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut copy = locked(&self.copy);
        copy.seek(SeekFrom::Start(self.at))?;
        let read = copy.read(buffer)?;
        self.at += read as u64;
        Ok(read)
    }
}

impl Seek for CopyReader {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let mut copy = locked(&self.copy);
        // Another reader may have moved it.
        copy.seek(SeekFrom::Start(self.at))?;
        self.at = copy.seek(to)?;
        Ok(self.at)
    }
}

fn locked(copy: &Mutex<File>) -> std::sync::MutexGuard<'_, File> {
    copy.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Of a source that does not say how long it is, and may have no end.
fn endless() -> Error {
    plan::too_large(format!(
        "The source has more than {LARGEST} bytes (5 GiB), the most that one upload holds."
    ))
}

fn unspooled(cause: io::Error) -> Error {
    Error::new(ErrorKind::Source, format!("The temporary copy of the data can't be used: {cause}."))
        .with_hint("Free some disk, or point TMPDIR at a disk with room for the whole file.")
        .caused_by(cause)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_spool_can_be_read_again_in_memory_and_on_disk() {
        for size in [10, SPOOL_IN_MEMORY + 10] {
            let mut spool = Spool::new();
            spool.write(&vec![7; size - 5]).unwrap();
            spool.write(&[7; 5]).unwrap();
            let source = spool.finish();
            assert_eq!(source.facts().unwrap().size, size as u64);
            for _ in 0..2 {
                let mut all = Vec::new();
                source.open().unwrap().read_to_end(&mut all).unwrap();
                assert_eq!(all, vec![7; size]);
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_spool_on_disk_has_no_name_and_is_its_users_own() {
        use std::os::unix::fs::MetadataExt as _;

        let mut spool = Spool::new();
        spool.write(&vec![7; SPOOL_IN_MEMORY]).unwrap();
        assert!(spool.file.is_none());
        spool.write(&[7]).unwrap();
        let metadata = spool.file.unwrap().metadata().unwrap();
        assert_eq!((metadata.nlink(), metadata.mode() & 0o777), (0, 0o600));
    }

    #[tokio::test]
    async fn a_source_without_an_end_is_refused_at_the_most_that_an_upload_holds() {
        let most = 3 * CHUNK as u64;
        let whole = Spool::of(most).filled(tokio::io::repeat(b'x').take(most)).await.unwrap();
        assert_eq!(whole.facts().unwrap().size, most);
        let error = Spool::of(most).filled(tokio::io::repeat(b'x')).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::FileTooLarge);
        assert!(error.to_string().contains("5 GiB"), "{error}");
        assert_eq!(Spool::new().left, 5 << 30);
    }

    #[test]
    fn a_full_disk_says_where_there_has_to_be_room() {
        let error = unspooled(io::ErrorKind::StorageFull.into());
        assert_eq!((error.kind(), error.io_kind()), (ErrorKind::Source, Some(io::ErrorKind::StorageFull)));
        assert!(error.to_string().contains("TMPDIR"), "{error}");
    }

    #[test]
    fn a_missing_file_and_a_directory_are_told_apart() {
        let missing = Source::path("/no/such/file.csv").facts().unwrap_err();
        assert!(missing.message().contains("/no/such/file.csv"));
        assert_eq!(missing.os_error(), Some(2));
        let directory = Source::path(std::env::temp_dir()).facts().unwrap_err();
        assert_eq!(directory.kind(), ErrorKind::Source);
        assert!(directory.hint().unwrap().contains("folder"));
    }
}
