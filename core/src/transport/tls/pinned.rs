//! A server's own certificate among those that are trusted. OpenSSL accepts it for the hosts that it names; the
//! verifier does not, because what may sign others can't be a server's, and needs a name in `subjectAltName`.

use rustls::CertificateError;
use rustls::client::verify_server_name;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::server::ParsedCertificate;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer;

/// Verifies what the file with a certificate can't say: that it is in time, a server's, and this host's.
pub(super) fn verify(
    certificate: &CertificateDer<'_>,
    host: &ServerName<'_>,
    now: UnixTime,
) -> Result<(), rustls::Error> {
    let (_, parsed) = X509Certificate::from_der(certificate)
        .map_err(|_| rustls::Error::from(CertificateError::BadEncoding))?;
    let now = i64::try_from(now.as_secs()).unwrap_or(i64::MAX);
    if now < parsed.validity().not_before.timestamp() {
        return Err(CertificateError::NotValidYet.into());
    }
    if now > parsed.validity().not_after.timestamp() {
        return Err(CertificateError::Expired.into());
    }
    let purposes = parsed.extended_key_usage().ok().flatten();
    if purposes.is_some_and(|purposes| !purposes.value.server_auth && !purposes.value.any) {
        return Err(CertificateError::InvalidPurpose.into());
    }
    if names_its_host_in_the_subject(&parsed, host) {
        return Ok(());
    }
    verify_server_name(&ParsedCertificate::try_from(certificate)?, host)
}

/// The subject counts where there is no list of names.
fn names_its_host_in_the_subject(certificate: &X509Certificate<'_>, host: &ServerName<'_>) -> bool {
    let has_list = !matches!(certificate.subject_alternative_name(), Ok(None));
    let host = host.to_str();
    let mut names = certificate.subject().iter_common_name().filter_map(|name| name.as_str().ok());
    !has_list && names.any(|name| name.eq_ignore_ascii_case(&host))
}
