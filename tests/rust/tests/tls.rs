//! Whom the client trusts, by servers with real certificates.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::path::Path;
use std::process::Command;

use processmind::{Client, ClientBuilder, Error, ErrorKind, Source, UploadOptions};
use processmind_tests::assert_error;
use processmind_tests::server::{Authority, Server, head, http1};
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
