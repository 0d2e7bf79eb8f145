//! A reader with a limit on what one record may hold.

use std::{
    cell::Cell,
    io::{self, BufRead, Read},
    rc::Rc,
};

/// The longest record or markup that is read: beyond it a file is taken for damaged,
/// as by a quote that is never closed.
const RECORD_LIMIT: u64 = 64 << 20;

/// A reader that fails when one record asks for too many bytes, so that memory stays bounded, and that counts lines.
#[derive(Debug)]
pub(crate) struct Bounded<R> {
    inner: R,
    left: Rc<Cell<u64>>,
    line: Rc<Cell<u64>>,
}

/// Tells a [`Bounded`] reader that a record is complete, and where that was.
#[derive(Debug)]
pub(crate) struct Allowance {
    left: Rc<Cell<u64>>,
    line: Rc<Cell<u64>>,
}

impl Allowance {
    pub(crate) fn renew(&self) {
        self.left.set(RECORD_LIMIT);
    }

    /// The line up to which was read, the first being 1.
    pub(crate) fn line(&self) -> u64 {
        self.line.get()
    }
}

impl<R> Bounded<R> {
    pub(crate) fn new(inner: R) -> (Self, Allowance) {
        let (left, line) = (Rc::new(Cell::new(RECORD_LIMIT)), Rc::new(Cell::new(1)));
        (Self { inner, left: Rc::clone(&left), line: Rc::clone(&line) }, Allowance { left, line })
    }

    fn spend(&self, bytes: usize) -> io::Result<()> {
        let bytes = u64::try_from(bytes).unwrap_or(u64::MAX);
        self.left.set(self.left.get().checked_sub(bytes).ok_or_else(too_long)?);
        Ok(())
    }
}

fn too_long() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a record is longer than 64 MiB")
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buf)?;
        self.spend(read)?;
        Ok(read)
    }
}

impl<R: BufRead> BufRead for Bounded<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left.get() == 0 {
            return Err(too_long());
        }
        self.inner.fill_buf()
    }

    fn consume(&mut self, amount: usize) {
        let bytes = u64::try_from(amount).unwrap_or(u64::MAX);
        self.left.set(self.left.get().saturating_sub(bytes));
        // What is there already is not read again.
        let passed = self.inner.fill_buf().ok().and_then(|buffer| buffer.get(..amount)).unwrap_or_default();
        self.line.set(self.line.get() + memchr::memchr_iter(b'\n', passed).count() as u64);
        self.inner.consume(amount);
    }
}
