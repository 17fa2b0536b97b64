//! Signalling over TLS, with a certificate made by the test.

use crate::harness::{Browser, Node, pass};
use media::config::Tls;
use protocol::pass::digest_of_certificate;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use tokio_tungstenite::{Connector, connect_async_tls_with_config};

fn certificate(name: &str) -> Tls {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let (cert, key) = (folder.join(format!("{name}.crt")), folder.join(format!("{name}.key")));
    let made = Command::new("openssl")
        .args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"])
        .args(["-subj", "/CN=media.test", "-addext", "subjectAltName=DNS:media.test", "-keyout"])
        .arg(&key)
        .arg("-out")
        .arg(&cert)
        .output()
        .expect("openssl is there");
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    Tls { cert, key }
}

fn digest(tls: &Tls) -> String {
    digest_of_certificate(&CertificateDer::from_pem_file(&tls.cert).unwrap())
}

/// The client accepts exactly one certificate, as the link to an api on the same machine does.
#[tokio::test]
async fn signalling_is_served_over_tls_and_only_the_right_certificate_is_accepted() {
    let (own, other) = (certificate("own"), certificate("other"));
    let files = own.clone();
    let node = Node::start_with(|config| config.tls = Some(files)).await;
    let url = format!("wss://localhost:{}/signalling", node.address().port());
    let connect = |tls: &Tls| {
        let config = media::tls::pinned(digest(tls)).unwrap();
        connect_async_tls_with_config(url.clone(), None, true, Some(Connector::Rustls(Arc::new(config))))
    };
    assert!(connect(&other).await.is_err());
    let (wire, _response) = connect(&own).await.unwrap();
    Browser::over(wire).await.join(&pass("a", "ada")).await;
}

/// What goes to an api beside its link is checked like that.
#[tokio::test]
async fn requests_go_to_the_right_certificate_only() {
    let (own, other) = (certificate("requests"), certificate("other-requests"));
    let files = own.clone();
    let node = Node::start_with(|config| config.tls = Some(files)).await;
    let get = async |certificate: Option<String>| {
        let tls = media::tls::client(certificate).unwrap();
        let client = reqwest::Client::builder().use_preconfigured_tls(tls).build().unwrap();
        client.get(format!("https://localhost:{}/healthz", node.address().port())).send().await
    };
    assert!(get(Some(digest(&other))).await.is_err());
    assert!(get(None).await.is_err(), "nobody has signed it");
    assert_eq!(get(Some(digest(&own))).await.unwrap().status(), 200);
}

#[test]
fn files_that_are_no_certificate_are_named() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR"));
    let missing = Tls { cert: folder.join("missing.crt"), key: folder.join("missing.key") };
    let error = media::tls::server(&missing).unwrap_err();
    assert!(error.contains("TLS_KEY") && error.contains("missing.key"), "{error}");
}
