//! What HTTP/2 says about requests that it ends: whether a create may be sent again.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use h2::Reason;
use processmind::{Client, ErrorKind};
use processmind_tests::assert_error;
use processmind_tests::server::{Authority, Server, TENANT};
use tempfile::NamedTempFile;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

/// How the first request ends; the others are answered.
#[derive(Clone, Copy)]
enum First {
    Answered,
    Reset(Reason),
    GoAway(Reason),
}

/// A server that speaks HTTP/2, and a client of it; and how many requests the server has answered or ended.
async fn stage(first: First) -> (Server, Client, Arc<AtomicUsize>) {
    let authority = Authority::new();
    let (acceptor, seen) = (authority.acceptor("localhost", 2999, &[b"h2"]), Arc::new(AtomicUsize::new(0)));
    let seeing = seen.clone();
    let server = Server::start(move |stream, number| {
        let (acceptor, seen) = (acceptor.clone(), seeing.clone());
        async move {
            let stream = acceptor.accept(stream).await?;
            match first {
                First::GoAway(reason) if number == 0 => go_away(stream, reason, &seen).await,
                _ => answer(stream, first, &seen).await.map_err(io::Error::other),
            }
        }
    })
    .await;
    let bundle = NamedTempFile::new().unwrap();
    std::fs::write(&bundle, authority.pem()).unwrap();
    let client = Client::builder().api_key("pm-key-0123456789").tenant_id("t").base_url(server.https());
    let client = client.ca_bundle(bundle.path().to_str().unwrap()).build().unwrap();
    (server, client, seen)
}

async fn answer(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    first: First,
    seen: &AtomicUsize,
) -> Result<(), h2::Error> {
    let mut connection = h2::server::handshake(stream).await?;
    while let Some(request) = connection.accept().await {
        let (_, mut respond) = request?;
        match first {
            First::Reset(reason) if seen.fetch_add(1, Ordering::SeqCst) == 0 => respond.send_reset(reason),
            _ => {
                let mut body = respond.send_response(http::Response::new(()), false)?;
                body.send_data(Bytes::from_static(TENANT.as_bytes()), true)?;
            }
        }
    }
    Ok(())
}

/// Ends the connection at the first request, none of whose streams it has looked at. No server does that on
/// demand, so it is written out: a frame is its length, type, flags, stream and content.
async fn go_away(
    mut stream: impl AsyncRead + AsyncWrite + Unpin,
    reason: Reason,
    seen: &AtomicUsize,
) -> io::Result<()> {
    const HEADERS: u8 = 1;
    stream.write_all(&[0, 0, 0, 4, 0, 0, 0, 0, 0]).await?; // SETTINGS
    stream.read_exact(&mut [0; 24]).await?; // the preface
    loop {
        let mut frame = [0; 9];
        stream.read_exact(&mut frame).await?;
        let [high, middle, low, kind, ..] = frame;
        let length = u32::from_be_bytes([0, high, middle, low]);
        stream.read_exact(&mut vec![0; length.try_into().unwrap()]).await?;
        if kind == HEADERS {
            break;
        }
    }
    seen.fetch_add(1, Ordering::SeqCst);
    stream.write_all(&[0, 0, 8, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0]).await?; // GOAWAY, last stream 0
    stream.write_all(&u32::from(reason).to_be_bytes()).await?;
    stream.shutdown().await
}

#[tokio::test]
async fn requests_share_a_connection() {
    let (server, client, _) = stage(First::Answered).await;
    client.get_tenant().await.unwrap();
    let (one, two) = tokio::join!(client.get_tenant().into_future(), client.get_tenant().into_future());
    assert_eq!(one.unwrap().id, two.unwrap().id);
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_create_is_sent_again_where_the_server_did_not_look_at_it() {
    for first in [First::Reset(Reason::REFUSED_STREAM), First::GoAway(Reason::NO_ERROR)] {
        let (_server, client, seen) = stage(first).await;
        client.create_process("Order to Cash").await.unwrap();
        assert!(seen.load(Ordering::SeqCst) >= 1);
    }
}

#[tokio::test]
async fn a_create_is_ambiguous_where_the_server_may_have_looked_at_it() {
    for first in [First::Reset(Reason::INTERNAL_ERROR), First::GoAway(Reason::INTERNAL_ERROR)] {
        let (_server, client, seen) = stage(first).await;
        let error = client.create_process("Order to Cash").await.unwrap_err();
        assert_error(&error, ErrorKind::AmbiguousResult, &["list call"]);
        assert_eq!(seen.load(Ordering::SeqCst), 1);
        client.get_tenant().await.unwrap();
    }
}

#[tokio::test]
async fn a_read_is_tried_again_however_it_ended() {
    for first in [First::Reset(Reason::INTERNAL_ERROR), First::GoAway(Reason::INTERNAL_ERROR)] {
        let (_server, client, _) = stage(first).await;
        client.get_tenant().await.unwrap();
    }
}
