//! TLS: the certificate that browsers are shown, and how the link to an api on this machine is checked.

use crate::config::Tls;
use protocol::pass::digest_of_certificate;
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName, UnixTime};
use rustls::{
    ClientConfig, ConfigBuilder, DigitallySignedStruct, Error, RootCertStore, ServerConfig, SignatureScheme,
    WantsVerifier,
};
use std::path::Path;
use std::sync::Arc;

/// What the signalling server shows.
pub fn server(files: &Tls) -> Result<ServerConfig, String> {
    let key = PrivateKeyDer::from_pem_file(&files.key)
        .map_err(|error| format!("TLS_KEY {}: {error}", files.key.display()))?;
    ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .map_err(|error| format!("TLS: {error}"))?
        .with_no_client_auth()
        .with_single_cert(certificates(&files.cert)?, key)
        .map_err(|error| format!("TLS_CERT and TLS_KEY: {error}"))
}

/// For what goes to an api: the one with this certificate, or any whose certificate is signed and has its name.
pub fn client(certificate: Option<String>) -> Option<ClientConfig> {
    let Some(digest) = certificate else {
        let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
        return Some(checking()?.with_root_certificates(roots).with_no_client_auth());
    };
    pinned(digest)
}

/// For a link to the api that started this media and said which certificate it shows: exactly the one with this digest is
/// accepted. Its name is the public one, so a check by name would fail on an address of this machine.
pub fn pinned(digest: String) -> Option<ClientConfig> {
    let verifier = Arc::new(Pinned { digest, provider: provider() });
    Some(checking()?.dangerous().with_custom_certificate_verifier(verifier).with_no_client_auth())
}

fn checking() -> Option<ConfigBuilder<ClientConfig, WantsVerifier>> {
    ClientConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()
        .inspect_err(|error| tracing::error!(%error, "an api cannot be checked"))
        .ok()
}

fn provider() -> Arc<CryptoProvider> {
    Arc::new(ring::default_provider())
}

fn certificates(path: &Path) -> Result<Vec<CertificateDer<'static>>, String> {
    CertificateDer::pem_file_iter(path)
        .and_then(Iterator::collect)
        .map_err(|error| format!("TLS_CERT {}: {error}", path.display()))
}

#[derive(Debug)]
struct Pinned {
    digest: String,
    provider: Arc<CryptoProvider>,
}

impl ServerCertVerifier for Pinned {
    fn verify_server_cert(
        &self,
        shown: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _name: &ServerName<'_>,
        _ocsp: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        if digest_of_certificate(shown) == self.digest {
            Ok(ServerCertVerified::assertion())
        } else {
            Err(Error::General("the api shows another certificate than it said".into()))
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signature, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}
