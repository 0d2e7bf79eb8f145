//! Certificates in files.

use std::fs;
use std::path::Path;

use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;

use crate::error::{Error, ErrorKind, Result};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const BOM: &[u8] = b"\xef\xbb\xbf";

/// The certificates of a PEM file, of which there has to be one, or those in the files of a folder. `what` names the
/// option or the variable that the path comes from.
pub(super) fn certificates(what: &str, path: &str) -> Result<Vec<CertificateDer<'static>>> {
    let refused = |why: String| {
        Error::new(ErrorKind::Configuration, format!("The {what} '{path}' can't be used: {why}."))
            .with_hint("Pass the path of a PEM file with at least one certificate (BEGIN CERTIFICATE).")
    };
    let certificates = if Path::new(path).is_dir() {
        of_folder(Path::new(path)).map_err(|error| refused(error.to_string()).caused_by(error))?
    } else {
        let pem = fs::read(path).map_err(|error| refused(error.to_string()).caused_by(error))?;
        of_file(&pem).map_err(refused)?
    };
    if certificates.is_empty() {
        return Err(refused("it holds no certificate".to_owned()));
    }
    Ok(certificates)
}

/// Whether a PEM file holds this certificate.
pub(super) fn holds(path: &Path, certificate: &CertificateDer<'_>) -> bool {
    let pem = fs::read(path).unwrap_or_default();
    sections(&pem).any(|section| section.is_ok_and(|section| section == *certificate))
}

/// All certificates of a PEM file, or what is wrong with the first that is none, and where it is.
fn of_file(pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, String> {
    let read = sections(pem).enumerate().map(|(index, section)| {
        let wrong =
            |why: String| format!("certificate {} ({}) is not valid: {why}", index + 1, place(pem, index));
        let certificate = section.map_err(|error| wrong(error.to_string()))?;
        RootCertStore::empty().add(certificate.clone()).map_err(|error| wrong(reason(&error)))?;
        Ok(certificate)
    });
    read.collect()
}

fn sections(
    pem: &[u8],
) -> impl Iterator<Item = Result<CertificateDer<'static>, rustls::pki_types::pem::Error>> {
    CertificateDer::pem_slice_iter(pem.strip_prefix(BOM).unwrap_or(pem))
}

/// What the files of a folder hold. Beside certificates there may be anything, as in those that OpenSSL reads.
fn of_folder(path: &Path) -> std::io::Result<Vec<CertificateDer<'static>>> {
    let mut all = Vec::new();
    for entry in fs::read_dir(path)? {
        let pem = fs::read(entry?.path()).unwrap_or_default();
        all.extend(of_file(&pem).unwrap_or_default());
    }
    Ok(all)
}

/// Where a certificate begins.
fn place(pem: &[u8], index: usize) -> String {
    let text = String::from_utf8_lossy(pem);
    let mut begins = text.lines().enumerate().filter(|(_, line)| line.contains(BEGIN));
    begins
        .nth(index)
        .map_or_else(|| "at the end of the file".to_owned(), |(line, _)| format!("line {}", line + 1))
}

/// Without rustls's preface, which speaks of a peer.
fn reason(error: &rustls::Error) -> String {
    match error {
        rustls::Error::InvalidCertificate(why) => why.to_string(),
        other => other.to_string(),
    }
}
