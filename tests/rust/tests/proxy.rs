//! Proxies: by argument and by the environment, with and without a password.
#![allow(missing_docs, clippy::unwrap_used, reason = "a test that can't go on has failed")]

use std::process::Command;

use processmind::{Client, ClientBuilder, ErrorKind};
use processmind_tests::proxy::Proxy;
use processmind_tests::server::{Authority, Server, http1};
use processmind_tests::{Stage, assert_error};
use tempfile::NamedTempFile;

/// A name that no DNS knows: only the proxy leads to it.
const HOST: &str = "api.processmind.test";

/// A server of that name, and the certificate that it is trusted by.
async fn hidden_server() -> (Server, NamedTempFile) {
    let authority = Authority::new();
    let acceptor = authority.acceptor(HOST, 2999, &[]);
    let server = Server::start(move |stream, _| {
        let acceptor = acceptor.clone();
        async move { http1(acceptor.accept(stream).await?).await }
    })
    .await;
    let bundle = NamedTempFile::new().unwrap();
    std::fs::write(&bundle, authority.pem()).unwrap();
    (server, bundle)
}

fn client(bundle: &NamedTempFile, proxy: &str) -> ClientBuilder {
    let builder = Client::builder().api_key("pm-canary-0123456789").tenant_id("t").max_retries(0);
    builder.base_url(format!("https://{HOST}")).ca_bundle(bundle.path().to_str().unwrap()).proxy(proxy)
}

#[tokio::test]
async fn a_proxy_leads_to_the_server_and_reads_nothing() {
    let (server, bundle) = hidden_server().await;
    let proxy = Proxy::connect(server.port, None).await;
    let client = client(&bundle, &format!("http://127.0.0.1:{}", proxy.port)).build().unwrap();
    client.get_tenant().await.unwrap();
    client.get_tenant().await.unwrap();
    let seen = proxy.seen();
    assert_eq!(seen.len(), 1, "the connection was not kept");
    assert!(seen.concat().starts_with(&format!("CONNECT {HOST}:443 HTTP/1.1\r\n")), "{seen:?}");
    assert!(!seen.concat().contains("canary"));
}

#[tokio::test]
async fn a_password_goes_to_the_proxy_and_into_no_text() {
    let (server, bundle) = hidden_server().await;
    let proxy = Proxy::connect(server.port, Some("Basic bWU6Y2FuQHJ5")).await;
    let with =
        |user: &str| client(&bundle, &format!("http://{user}127.0.0.1:{}", proxy.port)).build().unwrap();
    with("me:can%40ry@").get_tenant().await.unwrap();
    let error = with("").get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["wants a password", "http://user:password@"]);
    let wrong = with("me:canary-wrong@");
    let error = wrong.get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["does not accept the user and the password", "%40"]);
    assert_eq!(error.attempts(), 1);
    assert!(!format!("{error} {error:?} {:?} {wrong:?}", error.causes()).contains("canary"), "{error:?}");
}

#[tokio::test]
async fn a_proxy_over_tls_and_one_by_socks_lead_there_too() {
    let (server, bundle) = hidden_server().await;
    let socks = Proxy::socks5(server.port, "me", "canary").await;
    for scheme in ["socks5", "socks5h"] {
        let proxy = format!("{scheme}://me:canary@127.0.0.1:{}", socks.port);
        client(&bundle, &proxy).build().unwrap().get_tenant().await.unwrap();
    }
    assert_eq!(socks.seen(), [format!("{HOST}:443"), format!("{HOST}:443")]);

    let plain = Proxy::connect(server.port, None).await;
    let authority = Authority::new();
    let (acceptor, port) = (authority.acceptor("localhost", 2999, &[]), plain.port);
    let secure = Server::start(move |stream, _| {
        let acceptor = acceptor.clone();
        async move {
            let (mut stream, mut proxy) =
                (acceptor.accept(stream).await?, tokio::net::TcpStream::connect(("127.0.0.1", port)).await?);
            tokio::io::copy_bidirectional(&mut stream, &mut proxy).await.map(|_| ())
        }
    })
    .await;
    let both = NamedTempFile::new().unwrap();
    std::fs::write(&both, std::fs::read_to_string(&bundle).unwrap() + &authority.pem()).unwrap();
    client(&both, &secure.https()).build().unwrap().get_tenant().await.unwrap();
    assert_eq!(plain.seen().len(), 1);
}

#[tokio::test]
async fn a_proxy_that_is_not_there_is_told() {
    let (_server, bundle) = hidden_server().await;
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let client = client(&bundle, &format!("http://me:canary@127.0.0.1:{port}")).build().unwrap();
    let error = client.create_process("Order to Cash").await.unwrap_err();
    assert_error(
        &error,
        ErrorKind::ConnectionFailed,
        &[&format!("proxy http://127.0.0.1:{port} made no connection"), "`proxy`", "refused"],
    );
    assert!(!format!("{error:?}").contains("canary"));
}

#[tokio::test]
async fn a_socks_proxy_that_refuses_a_password_is_told() {
    let (server, bundle) = hidden_server().await;
    let socks = Proxy::socks5(server.port, "me", "right").await;
    let proxy = format!("socks://me:canary@127.0.0.1:{}", socks.port);
    let error = client(&bundle, &proxy).build().unwrap().get_tenant().await.unwrap_err();
    assert_error(&error, ErrorKind::ConnectionFailed, &["does not accept the user and the password"]);
    assert!(!format!("{error:?}").contains("canary"));
}

#[tokio::test]
async fn any_success_is_a_tunnel() {
    let (server, bundle) = hidden_server().await;
    let answers: [&[&str]; 4] = [
        &["HTTP/1.1 201 Created\r\n\r\n"],
        &["HTTP/1.0 200 Connection established\r\nProxy-Agent: x\r\n\r\n"],
        &["HTTP/1.1 2", "00 OK\r\nContent-Le", "ngth: 0\r\n\r", "\n"],
        &["HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n"],
    ];
    for answer in answers {
        let proxy = Proxy::answering(server.port, answer).await;
        let client = client(&bundle, &format!("http://127.0.0.1:{}", proxy.port)).build().unwrap();
        client.get_tenant().await.unwrap();
    }
}

#[tokio::test]
async fn a_proxy_that_refuses_is_named_with_its_status() {
    let (server, bundle) = hidden_server().await;
    const WANTED: &str = "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: ";
    let rows: [(&[&str], &str, &[&str], u32); 7] = [
        (
            &["HTTP/1.1 403 Forbidden\r\n\r\ncanary"],
            "",
            &["made no connection", "403 Forbidden", "allow this host"],
            1,
        ),
        (&["HTTP/1.1 302 Found\r\nLocation: http://login/\r\n\r\n"], "", &["302 Found"], 1),
        (
            &["HTTP/1.1 503 Service Unavailable\r\n\r\n"],
            "",
            &["503 Service Unavailable", "Try again later"],
            2,
        ),
        (&["HTTP/1.0 407 Wanted\r\n\r\n"], "", &["wants a password", "http://user:password@"], 1),
        (&[WANTED, "Negotiate\r\n\r\n"], "me:canary@", &["Negotiate or NTLM", "cntlm"], 1),
        (
            &[WANTED, "NTLM\r\nProxy-Authenticate: Basic realm=x\r\n\r\n"],
            "me:canary@",
            &["does not accept"],
            1,
        ),
        (&["nonsense"], "", &["made no connection"], 2),
    ];
    for (answer, login, texts, attempts) in rows {
        let proxy = Proxy::answering(server.port, answer).await;
        let address = format!("127.0.0.1:{}", proxy.port);
        let client = client(&bundle, &format!("http://{login}{address}")).max_retries(1).build().unwrap();
        let error = client.create_process("Order to Cash").await.unwrap_err();
        let texts: Vec<_> = texts.iter().copied().chain([address.as_str()]).collect();
        assert_error(&error, ErrorKind::ConnectionFailed, &texts);
        assert_eq!(error.attempts(), attempts, "{error}");
        assert!(!format!("{error:?} {:?}", error.causes()).contains("canary"), "{error:?}");
    }
}

#[tokio::test]
async fn what_is_on_loopback_is_reached_directly() {
    let stage = Stage::new().await;
    let builder = Client::builder().api_key(stage.emulator.api_key()).tenant_id(stage.emulator.tenant_id());
    let client = builder.base_url(stage.emulator.url()).proxy("http://127.0.0.1:9").build().unwrap();
    client.get_tenant().await.unwrap();
}

/// Variables, the `proxy` argument, and whether the proxy is used.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, bool);

/// This program again, for one test in an environment of its own.
fn in_environment(test: &str, bundle: &NamedTempFile, variables: &[(&str, &str)]) -> Command {
    let mut child = Command::new(std::env::current_exe().unwrap());
    for variable in ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"] {
        child.env_remove(variable);
    }
    child.args(["--exact", test]).env("SSL_CERT_FILE", bundle.path()).envs(variables.iter().copied());
    child
}

/// The environment belongs to a whole process: each case is one, which calls the API once.
#[tokio::test]
async fn the_environment_names_the_proxy_and_what_goes_without_it() {
    const CHILD: &str = "PROCESSMIND_TEST_PROXY_ARGUMENT";
    if let Ok(argument) = std::env::var(CHILD) {
        let builder = Client::builder().api_key("pm-key").tenant_id("t").max_retries(0);
        let builder = builder.base_url(format!("https://{HOST}"));
        let builder = if argument == "none" { builder.proxy("") } else { builder };
        builder.build().unwrap().get_tenant().await.unwrap();
        return;
    }
    let (server, bundle) = hidden_server().await;
    let proxy = Proxy::connect(server.port, None).await;
    let url = &*format!("http://127.0.0.1:{}", proxy.port);
    let (quoted, socks_less) = (format!(" \"{url}\" "), url.trim_start_matches("http://"));
    let cases: [Case; 16] = [
        (&[("HTTPS_PROXY", url)], "", true),
        (&[("https_proxy", url)], "", true),
        (&[("ALL_PROXY", url)], "", true),
        (&[("HTTPS_PROXY", url), ("NO_PROXY", "example.com")], "", true),
        (&[("HTTPS_PROXY", url), ("NO_PROXY", "processmind.test")], "", false),
        (&[("HTTPS_PROXY", url), ("no_proxy", "*")], "", false),
        (&[("HTTPS_PROXY", ""), ("https_proxy", url)], "", true),
        (&[("HTTPS_PROXY", &quoted)], "", true),
        (&[("ALL_PROXY", socks_less)], "", true),
        (&[("HTTPS_PROXY", url), ("REQUEST_METHOD", "GET")], "", true),
        (&[("HTTPS_PROXY", url), ("NO_PROXY", "*.example.com, 10.0.0.0/8")], "", true),
        (&[("HTTPS_PROXY", url), ("NO_PROXY", "*.processmind.test")], "", false),
        (&[("HTTPS_PROXY", url), ("NO_PROXY", "api.processmind.test:443")], "", false),
        (&[("HTTPS_PROXY", url), ("NO_PROXY", "api.processmind.test:8443")], "", true),
        (&[("HTTP_PROXY", url)], "", false),
        (&[("HTTPS_PROXY", url)], "none", false),
    ];
    for (variables, argument, is_through) in cases {
        let before = proxy.seen().len();
        let mut child =
            in_environment("the_environment_names_the_proxy_and_what_goes_without_it", &bundle, variables);
        child.env(CHILD, argument);
        let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
        assert_eq!(output.status.success(), is_through, "{variables:?}: {output:?}");
        assert_eq!(proxy.seen().len() - before, usize::from(is_through), "{variables:?}");
    }
}

/// Past a proxy that policy wants, data goes out unseen.
#[tokio::test]
async fn a_variable_that_names_no_proxy_is_never_passed_by() {
    const CHILD: &str = "PROCESSMIND_TEST_PROXY_VARIABLE";
    if let Ok(name) = std::env::var(CHILD) {
        let builder = Client::builder().api_key("pm-key").tenant_id("t").base_url(format!("https://{HOST}"));
        let error = builder.clone().build().unwrap_err();
        assert_error(&error, ErrorKind::Configuration, &[&name, "is not the URL of a proxy", "unset"]);
        assert!(!error.to_string().contains("canary"), "{error}");
        builder.proxy("").build().unwrap();
        return;
    }
    let (_server, bundle) = hidden_server().await;
    for (name, value) in [
        ("HTTPS_PROXY", "htps://u:canary@127.0.0.1:1"),
        ("https_proxy", "http:/127.0.0.1:1"),
        ("ALL_PROXY", "http://u:can#canary@127.0.0.1:1"),
        ("all_proxy", "socks4://u:canary@127.0.0.1:1"),
    ] {
        let mut child =
            in_environment("a_variable_that_names_no_proxy_is_never_passed_by", &bundle, &[(name, value)]);
        child.env(CHILD, name);
        let output = tokio::task::spawn_blocking(move || child.output().unwrap()).await.unwrap();
        assert!(output.status.success(), "{name}: {output:?}");
    }
}
