//! Readers of the formats: each turns a source into rows of values for the profile.

pub(crate) mod bounded;
pub(crate) mod encoding;
pub(crate) mod header;
pub(crate) mod sheet;
pub(crate) mod text;
pub(crate) mod xes;

/// A source that is read once from its start, for tests with endless ones.
#[cfg(test)]
pub(crate) struct Forward<R>(pub R);

#[cfg(test)]
impl<R: std::io::Read> std::io::Read for Forward<R> {
    fn read(&mut self, buf: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buf)
    }
}

#[cfg(test)]
impl<R> std::io::Seek for Forward<R> {
    fn seek(&mut self, _: std::io::SeekFrom) -> std::io::Result<u64> {
        Err(std::io::ErrorKind::Unsupported.into())
    }
}
