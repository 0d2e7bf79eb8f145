//! Whom the client trusts, by servers with real certificates.
#![allow(missing_docs, clippy::unwrap_used, clippy::panic, reason = "a test that can't go on has failed")]

use std::path::Path;
use std::process::Command;

use processmind::{Client, ClientBuilder, ClientOptions, Error, ErrorKind, Source, Transport, UploadOptions};
use processmind_tests::assert_error;
use processmind_tests::server::{Authority, Server, head, http1, self_signed};
use rcgen::{BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, date_time_ymd};
use tempfile::NamedTempFile;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio_rustls::TlsAcceptor;

async fn https(acceptor: TlsAcceptor) -> Server {
    Server::start(move |stream, _| {
        let acceptor = acceptor.clone();
        async move { http1(acceptor.accept(stream).await?).await }
    })
    .await
}

fn bundle(authority: &Authority) -> NamedTempFile {
    let file = NamedTempFile::new().unwrap();
    std::fs::write(&file, authority.pem()).unwrap();
    file
}

fn client(server: &Server, bundle: Option<&Path>) -> ClientBuilder {
    let builder = Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(server.https());
    match bundle {
        Some(path) => builder.ca_bundle(path.to_str().unwrap()),
        None => builder,
    }
}

/// The error of a call, which has to come after the first attempt.
async fn refused(server: &Server, bundle: Option<&Path>) -> Error {
    let client = client(server, bundle).build().unwrap();
    let error = client.get_tenant().await.unwrap_err();
    assert_eq!(
        (error.attempts(), server.connections()),
        (1, 1),
        "a certificate does not get better by waiting"
    );
    error
}

#[tokio::test]
async fn a_bundle_is_trusted_and_nothing_else_that_the_system_does_not_know() {
    let authority = Authority::new();
    let server = https(authority.acceptor("localhost", 2999, &[])).await;
    let error = refused(&server, None).await;
    assert_error(&error, ErrorKind::ConnectionFailed, &["not trusted", "`ca_bundle`", "SSL_CERT_FILE"]);
    let (trusted, other) = (bundle(&authority), bundle(&Authority::new()));
    let client = |bundle: &NamedTempFile| client(&server, Some(bundle.path())).build().unwrap();
    client(&trusted).get_tenant().await.unwrap();
    let error = client(&other).get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["not trusted"]);
}

#[tokio::test]
async fn a_certificate_of_another_host_is_refused() {
    let authority = Authority::new();
    let server = https(authority.acceptor("api.example", 2999, &[])).await;
    let error = refused(&server, Some(bundle(&authority).path())).await;
    assert_error(&error, ErrorKind::ConnectionFailed, &["not trusted", "another host's"]);
}

#[tokio::test]
async fn a_certificate_that_has_expired_is_refused() {
    let authority = Authority::new();
    let server = https(authority.acceptor("localhost", 2001, &[])).await;
    let error = refused(&server, Some(bundle(&authority).path())).await;
    assert_error(&error, ErrorKind::ConnectionFailed, &["not trusted", "clock", "out of date"]);
}

#[tokio::test]
async fn a_server_that_wants_an_older_tls_is_refused() {
    let server = Server::start(|mut stream, _| async move {
        stream.read_exact(&mut [0; 5]).await?;
        // TLS 1.1: a fatal alert, protocol version.
        stream.write_all(&[21, 3, 2, 0, 2, 2, 70]).await?;
        stream.read_to_end(&mut Vec::new()).await.map(|_| ())
    })
    .await;
    let error = refused(&server, None).await;
    assert_error(&error, ErrorKind::ConnectionFailed, &["secure connection", "TLS 1.2 or 1.3"]);
}

#[tokio::test]
async fn an_upload_does_not_wait_for_a_certificate_either() {
    let server = https(Authority::new().acceptor("localhost", 2999, &[])).await;
    let client = client(&server, None).build().unwrap();
    let options = UploadOptions {
        dataset_id: Some("d".into()),
        file_name: Some("a.csv".into()),
        ..UploadOptions::default()
    };
    let upload = client.upload_file(Source::bytes("a,b\n"), "t", options);
    assert_error(&upload.await.unwrap_err(), ErrorKind::ConnectionFailed, &["not trusted"]);
    assert_eq!(server.connections(), 1);
}

type Change = fn(&mut CertificateParams);

const AS_OPENSSL_MAKES_IT: Change = |params| params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);

#[tokio::test]
async fn a_self_signed_certificate_is_trusted_for_its_own_host_alone() {
    let rows: [(Change, Option<&str>); 9] = [
        (AS_OPENSSL_MAKES_IT, None),
        (|params| params.is_ca = IsCa::ExplicitNoCa, None),
        (|_| {}, None),
        (
            |params| {
                AS_OPENSSL_MAKES_IT(params);
                params.subject_alt_names.clear();
                params.distinguished_name.push(DnType::CommonName, "LocalHost");
            },
            None,
        ),
        (
            |params| {
                *params = CertificateParams::new(["api.example".to_owned()]).unwrap();
                AS_OPENSSL_MAKES_IT(params);
                params.distinguished_name.push(DnType::CommonName, "localhost");
            },
            Some("another host's"),
        ),
        (
            |params| {
                AS_OPENSSL_MAKES_IT(params);
                params.subject_alt_names.clear();
            },
            Some("names no host"),
        ),
        (
            |params| {
                AS_OPENSSL_MAKES_IT(params);
                params.not_after = date_time_ymd(2001, 12, 31);
            },
            Some("out of date"),
        ),
        (
            |params| {
                AS_OPENSSL_MAKES_IT(params);
                params.not_before = date_time_ymd(2999, 1, 1);
                params.not_after = date_time_ymd(2999, 12, 31);
            },
            Some("clock"),
        ),
        (
            |params| {
                AS_OPENSSL_MAKES_IT(params);
                params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
            },
            Some("not trusted"),
        ),
    ];
    for (number, (change, refusal)) in rows.into_iter().enumerate() {
        let (pem, acceptor) = self_signed(change);
        let server = https(acceptor).await;
        let file = NamedTempFile::new().unwrap();
        // Among others, as in a company's bundle.
        std::fs::write(&file, Authority::new().pem() + &pem).unwrap();
        match refusal {
            None => {
                let trusting = client(&server, Some(file.path())).build().unwrap();
                trusting.get_tenant().await.unwrap_or_else(|error| panic!("{number}: {error}"));
                // Another one of the same name is not this one.
                let (other, _) = self_signed(change);
                std::fs::write(&file, other).unwrap();
                let client = client(&server, Some(file.path())).build().unwrap();
                let error = client.get_tenant().await.unwrap_err();
                assert_error(
                    &error,
                    ErrorKind::ConnectionFailed,
                    &["not trusted", "self-signed", "`ca_bundle`"],
                );
            }
            Some(text) => {
                let error = refused(&server, Some(file.path())).await;
                assert_error(&error, ErrorKind::ConnectionFailed, &["not trusted", text]);
            }
        }
    }
}

#[test]
fn a_bad_certificate_is_the_bundles_error_with_its_place() {
    let pem = Authority::new().pem();
    let lines = pem.lines().count();
    let garbled = |text: &str| format!("-----BEGIN CERTIFICATE-----\n{text}\n-----END CERTIFICATE-----\n");
    let rows = [
        (pem.clone() + &garbled("AAAA"), "certificate 2 (line ", lines + 1),
        ("# a comment\n".to_owned() + &garbled("AAAA") + &pem, "certificate 1 (line ", 2),
        (pem.clone() + &garbled("not base64!"), "certificate 2 (line ", lines + 1),
        (pem.clone() + "-----BEGIN CERTIFICATE-----\nMIIB", "certificate 2 (line ", lines + 1),
    ];
    for (text, place, line) in rows {
        let file = NamedTempFile::new().unwrap();
        std::fs::write(&file, text).unwrap();
        let builder = Client::builder().api_key("pm-key-0123456789").tenant_id("t");
        let error = builder.ca_bundle(file.path().to_str().unwrap()).build().unwrap_err();
        let place = format!("{place}{line}) is not valid");
        assert_error(&error, ErrorKind::Configuration, &["`ca_bundle`", &place, "BEGIN CERTIFICATE"]);
    }
}

#[test]
fn a_bundle_may_have_a_mark_comments_and_other_line_ends() {
    let pem = "\u{feff}".to_owned() + &Authority::new().pem().replace('\n', "\r\n") + "# the end";
    let file = NamedTempFile::new().unwrap();
    std::fs::write(&file, pem).unwrap();
    let builder = Client::builder().api_key("pm-key-0123456789").tenant_id("t");
    builder.clone().ca_bundle(file.path().to_str().unwrap()).build().unwrap();
    for text in ["", "no PEM", "-----BEGIN PKCS7-----\nMIIB\n-----END PKCS7-----\n"] {
        std::fs::write(&file, text).unwrap();
        let error = builder.clone().ca_bundle(file.path().to_str().unwrap()).build().unwrap_err();
        assert_error(&error, ErrorKind::Configuration, &["holds no certificate", "BEGIN CERTIFICATE"]);
    }
}

/// The environment belongs to a whole process: the call is made by one of its own.
#[tokio::test]
async fn variables_of_a_language_name_a_bundle_where_no_option_does() {
    const CHILD: &str = "PROCESSMIND_TEST_CA_VARIABLES";
    let variables: &[&str] = &["PM_TEST_FIRST_BUNDLE", "PM_TEST_SECOND_BUNDLE"];
    if let Ok(url) = std::env::var(CHILD) {
        let transport = Transport::new("rust").ca_variables(variables);
        let ca_bundle = std::env::var("PM_TEST_OPTION").ok();
        let mut options = ClientOptions::default();
        (options.api_key, options.tenant_id) = (Some("pm-key".into()), Some("t".into()));
        (options.base_url, options.ca_bundle) = (Some(url), ca_bundle);
        let outcome = async { Client::with_transport(options, &transport)?.get_tenant().await }.await;
        let text = outcome.map_or_else(|error| error.to_string(), |_| "trusted".to_owned());
        assert!(text.contains(&std::env::var("PM_TEST_EXPECTED").unwrap()), "{text}");
        return;
    }
    let authority = Authority::new();
    let server = https(authority.acceptor("localhost", 2999, &[])).await;
    let (right, wrong) = (bundle(&authority), bundle(&Authority::new()));
    let [right, wrong] = [&right, &wrong].map(|file| file.path().to_str().unwrap());
    let folder = tempfile::tempdir().unwrap();
    std::fs::copy(right, folder.path().join("root.pem")).unwrap();
    std::fs::write(folder.path().join("README"), "no certificate").unwrap();
    let folder = folder.path().to_str().unwrap();
    for (first, second, option, expected) in [
        (right, "", "", "trusted"),
        ("", right, "", "trusted"),
        (right, wrong, "", "trusted"),
        (wrong, right, "", "not trusted"),
        (folder, "", "", "trusted"),
        (wrong, "", right, "trusted"),
        ("/no/such.pem", "", right, "trusted"),
        ("/no/such.pem", right, "", "PM_TEST_FIRST_BUNDLE '/no/such.pem' can't be used"),
        ("", "", "", "not trusted"),
    ] {
        let mut child = Command::new(std::env::current_exe().unwrap());
        child.args(["--exact", "variables_of_a_language_name_a_bundle_where_no_option_does"]);
        child.env_remove("SSL_CERT_FILE").env_remove("SSL_CERT_DIR");
        let values = [first, second, option, expected];
        for (name, value) in
            variables.iter().copied().chain(["PM_TEST_OPTION", "PM_TEST_EXPECTED"]).zip(values)
        {
            child.env(name, value);
        }
        child.env(CHILD, server.https());
        let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
        assert!(output.status.success(), "{values:?}: {output:?}");
    }
}

#[tokio::test]
async fn a_reset_in_the_handshake_is_tried_again_even_for_a_create() {
    let authority = Authority::new();
    let acceptor = authority.acceptor("localhost", 2999, &[]);
    let server = Server::start(move |mut stream, number| {
        let acceptor = acceptor.clone();
        async move {
            if number == 0 {
                stream.read_exact(&mut [0; 5]).await?;
                return stream.set_zero_linger();
            }
            http1(acceptor.accept(stream).await?).await
        }
    })
    .await;
    let client = client(&server, Some(bundle(&authority).path())).build().unwrap();
    client.create_process("Order to Cash").await.unwrap();
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_line_that_garbles_tls_is_one_that_broke() {
    let authority = Authority::new();
    let acceptor = authority.acceptor("localhost", 2999, &[]);
    let server = Server::start(move |stream, number| {
        let acceptor = acceptor.clone();
        async move {
            let mut stream = acceptor.accept(stream).await?;
            if number == 2 {
                return http1(stream).await;
            }
            head(&mut stream).await?;
            let (line, _) = stream.get_mut();
            // A record of 20 bytes that nobody can decrypt.
            line.write_all(&[&[23, 3, 3, 0, 20][..], &[0; 20]].concat()).await?;
            line.read_to_end(&mut Vec::new()).await.map(|_| ())
        }
    })
    .await;
    let client = client(&server, Some(bundle(&authority).path())).build().unwrap();
    let error = client.create_process("Order to Cash").await.unwrap_err();
    assert_error(&error, ErrorKind::AmbiguousResult, &["connection broke"]);
    client.get_tenant().await.unwrap();
    assert_eq!(server.connections(), 3, "a create is sent once, a read again");
}

/// The environment belongs to a whole process: the call is made by one of its own.
#[tokio::test]
async fn a_file_of_certificates_that_is_not_there_is_asked_for() {
    const CHILD: &str = "PROCESSMIND_TEST_WITHOUT_CERTIFICATES";
    if std::env::var(CHILD).is_ok() {
        let server = https(Authority::new().acceptor("localhost", 2999, &[])).await;
        let error = async { client(&server, None).build()?.get_tenant().await }.await.unwrap_err();
        // Where the system has no roots either, it says so in other words.
        assert!(error.hint().unwrap().contains("SSL_CERT_FILE"), "{error}");
        return;
    }
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args(["--exact", "a_file_of_certificates_that_is_not_there_is_asked_for"]);
    child.env(CHILD, "1").env("SSL_CERT_FILE", "/no/such/file.pem").env_remove("SSL_CERT_DIR");
    let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
    assert!(output.status.success(), "{output:?}");
}
