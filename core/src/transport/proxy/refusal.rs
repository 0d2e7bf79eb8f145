//! A connection that a proxy did not make, and why.

use std::error::Error as StdError;
use std::fmt;

use http::StatusCode;

use super::{Answered, Via};
use crate::transport::connect::BoxError;

/// A proxy that can't be reached, or does not let the connection through.
#[derive(Debug)]
pub(in crate::transport) struct ProxyRefused {
    address: String,
    pub refusal: Refusal,
    cause: BoxError,
}

/// Why there is no connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::transport) enum Refusal {
    /// No answer that could be read.
    Broken,
    /// It wants a user and a password, and got none.
    WantsPassword,
    /// It did not accept the ones that it got.
    WrongPassword,
    /// It wants another proof of who asks than a user and a password.
    WantsOtherLogin,
    /// It answered with this.
    Status(StatusCode),
}

impl ProxyRefused {
    pub fn new(via: &Via, cause: impl Into<BoxError>) -> Self {
        let cause = cause.into();
        let refusal = cause.downcast_ref().map_or(Refusal::Broken, |answered| of_answer(via, answered));
        Self { address: shown(via), refusal, cause }
    }

    /// By SOCKS, which knows of users and passwords what others have a status for.
    pub fn of_login(via: &Via, cause: impl Into<BoxError>) -> Self {
        Self { address: shown(via), refusal: login_refused(via), cause: cause.into() }
    }

    /// The proxy, without user and password.
    pub fn address(&self) -> &str {
        &self.address
    }
}

fn of_answer(via: &Via, answered: &Answered) -> Refusal {
    match answered.status {
        StatusCode::PROXY_AUTHENTICATION_REQUIRED if !answered.offers_basic => Refusal::WantsOtherLogin,
        StatusCode::PROXY_AUTHENTICATION_REQUIRED => login_refused(via),
        status => Refusal::Status(status),
    }
}

fn login_refused(via: &Via) -> Refusal {
    if via.login.is_some() { Refusal::WrongPassword } else { Refusal::WantsPassword }
}

fn shown(via: &Via) -> String {
    via.address.to_string().trim_end_matches('/').to_owned()
}

impl fmt::Display for ProxyRefused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "by the proxy {}", self.address)
    }
}

impl StdError for ProxyRefused {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.cause)
    }
}
