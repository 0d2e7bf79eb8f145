//! What an attempt that brought no whole answer means: whether the server can have seen it, and what to do.

use std::borrow::Cow;
use std::error::Error as StdError;
use std::io;

use rustls::CertificateError;

use super::connect::{BoxError, TooLong};
use super::proxy::{ProxyRefused, Refusal};
use super::stall::Stalled;
use crate::error::{Context, Error, ErrorKind};
use crate::open_files;
use crate::retry::Failure;

/// An attempt that brought no whole answer.
#[derive(Debug)]
pub(crate) struct Broken {
    pub failure: Failure,
    pub error: Error,
}

impl From<Error> for Broken {
    /// An error that no other attempt could change, unless too many files were open.
    fn from(error: Error) -> Self {
        let passes = open_files::were_too_many(&error);
        Self { failure: if passes { Failure::NeverSent } else { Failure::Final }, error }
    }
}

/// What went wrong, as a row of the table in [`judge`].
struct Verdict {
    failure: Failure,
    kind: ErrorKind,
    what: Cow<'static, str>,
    hint: &'static str,
}

/// The error of a connection that was not made, or broke.
pub(super) fn of(context: &Context, cause: BoxError) -> Broken {
    let Verdict { failure, kind, what, hint } = judge(&*cause);
    let to = context.url.as_deref().unwrap_or_default();
    let root = chain(&*cause).last().map_or_else(|| cause.to_string(), ToString::to_string);
    let error = Error::new(kind, format!("{what} ({to}): {root}."));
    Broken { failure, error: error.with_hint(hint).context(context.clone()).caused_by(cause) }
}

/// The error of an attempt that took longer than it may.
pub(super) fn timed_out(context: &Context, was_connected: bool, limit: std::time::Duration) -> Broken {
    let to = context.url.as_deref().unwrap_or_default();
    let message = format!("No answer came in time ({to}): the limit is {} s.", limit.as_secs_f64());
    let error = Error::new(ErrorKind::RequestTimeout, message)
        .with_hint("Raise `timeout`, or try again later.")
        .context(context.clone());
    Broken { failure: if was_connected { Failure::Broken } else { Failure::NeverSent }, error }
}

/// The error of a success that storage reported before it had everything.
pub(super) fn too_early(context: &Context) -> Broken {
    let error = Error::new(ErrorKind::Upload, "Storage answered before it had the whole file.")
        .with_hint("Something on the way answers in its place: check the proxy, and try again.")
        .context(context.clone());
    Broken { failure: Failure::Broken, error }
}

fn judge(cause: &(dyn StdError + 'static)) -> Verdict {
    use ErrorKind::{ConnectionFailed, RequestTimeout};
    use Failure::{Broken, Final, NeverSent};
    let row = |failure, kind, what: &'static str, hint| Verdict { failure, kind, what: what.into(), hint };
    let is_connect = find::<hyper_util::client::legacy::Error>(cause).is_some_and(|error| error.is_connect());
    if let Some(refused) = find::<ProxyRefused>(cause) {
        return proxy(refused);
    }
    // Behind the handshake it is a line that garbles, and the server may have done what was asked.
    if let Some(failure) = find::<rustls::Error>(cause).filter(|_| is_connect) {
        let (what, hint) = tls(failure);
        return row(Final, ConnectionFailed, what, hint);
    }
    if let Some(stalled) = find::<Stalled>(cause) {
        let hint = "Check the line: what it carries stopped moving.";
        return match stalled {
            Stalled::Sending => row(Broken, ConnectionFailed, "The upload stalled", hint),
            Stalled::Answering => row(Broken, RequestTimeout, "Storage did not answer", hint),
        };
    }
    if chain(cause).any(|cause| cause.downcast_ref().is_some_and(open_files::are_too_many)) {
        return row(NeverSent, ConnectionFailed, "No connection could be made", open_files::HINT);
    }
    if chain(cause).any(|cause| cause.to_string().starts_with("dns error")) {
        let hint = "Check the base URL's spelling, the DNS of this network, and whether it needs a proxy (HTTPS_PROXY).";
        return row(NeverSent, ConnectionFailed, "The server's name could not be found", hint);
    }
    if is_connect || find::<TooLong>(cause).is_some() {
        let hint =
            "Check the network, the base URL, and the proxy variables (HTTPS_PROXY, ALL_PROXY, NO_PROXY).";
        return row(NeverSent, ConnectionFailed, "No connection could be made", hint);
    }
    if find::<hyper::Error>(cause).is_some_and(hyper::Error::is_parse) {
        let hint = "Check the base URL: the server there, or a proxy on the way, does not speak HTTP.";
        return row(Broken, ConnectionFailed, "The response is not valid HTTP", hint);
    }
    let failure = if was_never_processed(cause) { NeverSent } else { Broken };
    row(
        failure,
        ConnectionFailed,
        "The connection broke",
        "The line or a proxy on the way is poor: try again.",
    )
}

/// What to do about a proxy in the way.
fn proxy(refused: &ProxyRefused) -> Verdict {
    use Failure::{Final, NeverSent};
    let (failure, what, hint) = match refused.refusal {
        Refusal::WantsPassword => (
            Final,
            "wants a password",
            "Put the user and the password into the proxy's URL: http://user:password@host:port.",
        ),
        Refusal::WrongPassword => (
            Final,
            "does not accept the user and the password that were sent",
            "Check both in the proxy's URL. Write special characters as %XX: '@' is %40, ':' is %3A.",
        ),
        Refusal::WantsOtherLogin => (
            Final,
            "wants a sign-in that the SDK does not speak, such as Negotiate or NTLM",
            "Run a local proxy that signs in for you, such as px or cntlm, and name it as `proxy`.",
        ),
        Refusal::Status(status) if status.is_server_error() => (
            NeverSent,
            "made no connection",
            "Try again later. If it stays so, ask whoever runs the proxy whether it may reach this host.",
        ),
        Refusal::Status(_) => (
            Final,
            "made no connection",
            "Ask whoever runs the proxy to allow this host, or list the host in NO_PROXY.",
        ),
        Refusal::Broken => match find::<rustls::Error>(refused) {
            Some(failure) => (Final, "can't be reached over TLS", tls(failure).1),
            None => (
                NeverSent,
                "made no connection",
                "Check the proxy's host and port (`proxy`, HTTPS_PROXY, ALL_PROXY), and whether it is up.",
            ),
        },
    };
    let what = format!("The proxy {} {what}", refused.address()).into();
    Verdict { failure, kind: ErrorKind::ConnectionFailed, what, hint }
}

/// Whether the server provably did nothing: the request never left, or HTTP/2 says so.
fn was_never_processed(cause: &(dyn StdError + 'static)) -> bool {
    let is_canceled = find::<hyper::Error>(cause).is_some_and(hyper::Error::is_canceled);
    let is_refused = find::<h2::Error>(cause).is_some_and(|error| match error.reason() {
        Some(h2::Reason::REFUSED_STREAM) => error.is_remote() && error.is_reset(),
        // The streams of a GOAWAY fail with it only where it says that they were not looked at; with another
        // reason those that were fail so, too.
        Some(h2::Reason::NO_ERROR) => error.is_remote() && error.is_go_away(),
        _ => false,
    });
    is_canceled || is_refused
}

/// What to do about a TLS connection that was refused, by either side.
fn tls(failure: &rustls::Error) -> (&'static str, &'static str) {
    use CertificateError as Why;
    let untrusted = "The server's certificate is not trusted";
    match failure {
        rustls::Error::InvalidCertificate(
            Why::Expired | Why::ExpiredContext { .. } | Why::NotValidYet | Why::NotValidYetContext { .. },
        ) => (
            untrusted,
            "Check this computer's clock; if it is right, the server's certificate is out of date.",
        ),
        rustls::Error::InvalidCertificate(Why::NotValidForNameContext { presented, .. })
            if presented.is_empty() =>
        {
            (untrusted, "It names no host: have it issued again with the host in subjectAltName.")
        }
        rustls::Error::InvalidCertificate(Why::Other(other)) if is_version_1(other) => {
            (untrusted, "It is of X.509 version 1: have it issued again as version 3, with a subjectAltName.")
        }
        rustls::Error::InvalidCertificate(Why::NotValidForName | Why::NotValidForNameContext { .. }) => {
            (untrusted, "Check the host in the base URL: the certificate is another host's.")
        }
        rustls::Error::InvalidCertificate(_) => (
            untrusted,
            "Pass the certificate that signed it as `ca_bundle`, or name it in SSL_CERT_FILE: the root of a proxy \
             that re-signs TLS, or the server's own if it is self-signed.",
        ),
        // The verifier's word for a system without any root.
        rustls::Error::General(_) => (
            "The server's certificate can't be verified",
            "Check the system's root certificates, or the file that SSL_CERT_FILE names where it is set.",
        ),
        _ => (
            "No secure connection could be made",
            "Check the base URL: its server has to speak TLS 1.2 or 1.3 on that port.",
        ),
    }
}

fn is_version_1(other: &rustls::OtherError) -> bool {
    matches!(other.0.downcast_ref(), Some(webpki::Error::UnsupportedCertVersion))
}

fn find<'a, E: StdError + 'static>(cause: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    chain(cause).find_map(|cause| cause.downcast_ref())
}

/// An error and its causes, those included that an `io::Error` carries and skips as its source.
fn chain<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> + use<'a> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        let carried = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        next = carried.map(|carried| carried as _).or_else(|| error.source());
        Some(error)
    })
}
