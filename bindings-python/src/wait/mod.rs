//! The only bridge between Rust's futures and Python: blocking, and awaited.

mod awaited;
mod blocking;

use std::future::{Future, IntoFuture};
use std::panic::AssertUnwindSafe;

use futures_util::FutureExt as _;
use processmind::{Client, Error, Progress, Result};

pub(crate) use awaited::{Awaitable, awaitable, awaitable_upload, future};
pub(crate) use blocking::{block, block_alone, block_upload};

use crate::listener::{Notice, Notices};
use crate::stream::Place;

/// How the core tells how far an upload is.
pub(crate) type Report = Box<dyn Fn(Progress) + Send + Sync>;

/// A call that is yet to be made on a client.
pub(crate) trait Make<F>: FnOnce(Client) -> F + Send {}
impl<F, M: FnOnce(Client) -> F + Send> Make<F> for M {}

/// An upload that is yet to be made on a client; what Python's code reads is read at the place.
pub(crate) trait MakeUpload<F>: FnOnce(Client, Place, Report) -> F + Send {}
impl<F, M: FnOnce(Client, Place, Report) -> F + Send> MakeUpload<F> for M {}

fn report(notices: Notices) -> Report {
    Box::new(move |progress| notices.tell(Notice::Progress(progress)))
}

/// No panic crosses into Python: it becomes an error.
async fn guarded<T>(future: impl Future<Output = Result<T>>) -> Result<T> {
    let outcome = AssertUnwindSafe(future).catch_unwind().await;
    outcome.unwrap_or_else(|panic| Err(Error::from_panic(&*panic)))
}

/// A call whose answer is turned into what Python gets.
pub(crate) async fn then<C, T, U>(call: C, convert: impl FnOnce(T) -> U) -> Result<U>
where
    C: IntoFuture<Output = Result<T>>,
{
    call.await.map(convert)
}
