//! TLS 1.2 and 1.3, and whom it trusts.

mod bundle;
mod pinned;

use std::error::Error as StdError;
use std::path::Path;
use std::sync::{Arc, OnceLock};

use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{ClientConfig, DigitallySignedStruct, SignatureScheme};
use rustls_platform_verifier::Verifier;
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
use {rustls::RootCertStore, rustls_native_certs::load_certs_from_paths};

use super::settings::Bundle;
use crate::error::{Error, ErrorKind, Result};
use bundle::certificates;

/// Trusts the system's root certificates, those that `SSL_CERT_FILE` names, and those of a bundle.
///
/// The provider is this configuration's own; the process's default belongs to whoever runs it.
pub(super) fn config(bundle: Option<&Bundle>) -> Result<ClientConfig> {
    let read = bundle.map(|Bundle { named_by, path }| certificates(named_by, path));
    let mut extra = read.transpose()?.unwrap_or_default();
    // Elsewhere the verifier reads it itself.
    let is_added = cfg!(any(windows, target_vendor = "apple"));
    if let Some(path) = std::env::var("SSL_CERT_FILE").ok().filter(|path| is_added && !path.is_empty()) {
        extra.extend(certificates("SSL_CERT_FILE", &path)?);
    }
    let provider = Arc::new(ring::default_provider());
    let verifier = SystemVerifier { extra, provider: provider.clone(), read: OnceLock::new() };
    Ok(ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(setup)?
        .dangerous() // rustls's word for any verifier but its own
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth())
}

/// The same, offering these protocols.
pub(super) fn offering(config: &ClientConfig, protocols: &[&[u8]]) -> Arc<ClientConfig> {
    let mut config = config.clone();
    config.alpn_protocols = protocols.iter().map(|protocol| protocol.to_vec()).collect();
    Arc::new(config)
}

/// The system's verifier, made when the first certificate is to be verified: it reads some hundred files.
#[derive(Debug)]
struct SystemVerifier {
    extra: Vec<CertificateDer<'static>>,
    provider: Arc<CryptoProvider>,
    read: OnceLock<Verifier>,
}

impl SystemVerifier {
    fn system(&self) -> Result<&Verifier, rustls::Error> {
        if let Some(verifier) = self.read.get() {
            return Ok(verifier);
        }
        // A failure is not kept: the next connection may find what this one does not.
        let extra = self.extra.iter().cloned().chain(left_out(is_named()));
        let read = Verifier::new_with_extra_roots(extra, self.provider.clone())?;
        Ok(self.read.get_or_init(|| read))
    }

    /// Whether a server's certificate is one of those that are trusted.
    fn is_pinned(&self, certificate: &CertificateDer<'_>) -> bool {
        let is_in_file = || {
            std::env::var_os("SSL_CERT_FILE").is_some_and(|path| bundle::holds(Path::new(&path), certificate))
        };
        self.extra.contains(certificate) || is_in_file()
    }
}

impl ServerCertVerifier for SystemVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let verifier = self.system()?;
        match verifier.verify_server_cert(end_entity, intermediates, server_name, ocsp_response, now) {
            Err(_) if self.is_pinned(end_entity) => {
                pinned::verify(end_entity, server_name, now).map(|()| ServerCertVerified::assertion())
            }
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        cert: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(message, cert, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// Whether the environment names certificates, which the verifier then reads in place of the system's.
fn is_named() -> bool {
    ["SSL_CERT_FILE", "SSL_CERT_DIR"].iter().any(|name| std::env::var_os(name).is_some())
}

/// The system's roots, where the verifier leaves them out.
#[cfg(all(unix, not(target_vendor = "apple"), not(target_os = "android")))]
fn left_out(is_named: bool) -> Vec<CertificateDer<'static>> {
    let folders = openssl_probe::candidate_cert_dirs().filter(|_| is_named);
    let certificates = folders.flat_map(|folder| load_certs_from_paths(None, Some(folder)).certs);
    // One that can't be read would have the verifier refuse them all.
    certificates.filter(|certificate| RootCertStore::empty().add(certificate.clone()).is_ok()).collect()
}

#[cfg(not(all(unix, not(target_vendor = "apple"), not(target_os = "android"))))]
fn left_out(_: bool) -> [CertificateDer<'static>; 0] {
    []
}

fn setup(cause: impl StdError + Send + Sync + 'static) -> Error {
    Error::new(ErrorKind::Configuration, "HTTPS can't be set up on this system.")
        .with_hint(
            "Check the system's root certificates, SSL_CERT_FILE where it is set, and the `ca_bundle`.",
        )
        .caused_by(cause)
}

#[cfg(all(test, unix, not(target_vendor = "apple"), not(target_os = "android")))]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_systems_roots_are_trusted_beside_those_of_a_file() {
        assert!(left_out(false).is_empty(), "the verifier reads them itself");
        let trusted: HashSet<_> = left_out(true).into_iter().collect();
        let bundles = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt"];
        for bundle in bundles.iter().map(Path::new).filter(|bundle| bundle.exists()) {
            let roots = load_certs_from_paths(Some(bundle), None).certs;
            assert!(!roots.is_empty() && roots.iter().all(|root| trusted.contains(root)), "{bundle:?}");
        }
    }
}
