//! Who asks: the cookie of a request becomes a `Caller`.

use crate::access::Caller;
use crate::app::App;
use crate::error::Result;
use crate::limits;
use crate::ops;
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use std::net::{IpAddr, Ipv4Addr};

const COOKIE: &str = "roundtable_login";

/// Resolves the caller, once per request or socket.
pub async fn caller(app: &App, request: &HttpRequest) -> Result<Caller> {
    match request.cookie(COOKIE) {
        Some(cookie) if cookie.value().len() == 64 => ops::account::by_token(app, cookie.value()).await,
        _ => Ok(Caller::default()),
    }
}

/// The cookie that signs in, as a header; for https only when the page came so.
pub fn cookie(https: bool, token: &str) -> String {
    build(https, token, Duration::seconds(limits::LOGIN_SECONDS))
}

/// The cookie that signs out, as a header.
pub fn clearing_cookie(https: bool) -> String {
    build(https, "", Duration::ZERO)
}

fn build(https: bool, value: &str, lasts: Duration) -> String {
    Cookie::build(COOKIE, value)
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .secure(https)
        .max_age(lasts)
        .finish()
        .to_string()
}

/// Where the request came from. `X-Forwarded-For` counts only as far as trusted proxies wrote it.
pub fn address(app: &App, request: &HttpRequest) -> IpAddr {
    let peer = peer(request);
    let forwarded: Vec<&str> = request
        .headers()
        .get_all("x-forwarded-for")
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    from_chain(peer, &forwarded, &app.config.trusted_proxies)
}

/// Whether the browser's own connection is encrypted: what people type begins with https, or a trusted proxy says so.
pub fn is_https(app: &App, request: &HttpRequest) -> bool {
    let told = request.headers().get_all("x-forwarded-proto").last().and_then(|value| value.to_str().ok());
    // The proxy that is trusted wrote the last word.
    let is_told = told.and_then(|value| value.rsplit(',').next()).is_some_and(|word| word.trim() == "https");
    app.is_https() || is_told && app.config.trusted_proxies.contains(&peer(request))
}

fn peer(request: &HttpRequest) -> IpAddr {
    request.peer_addr().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |peer| peer.ip().to_canonical())
}

/// The last address of the chain that no trusted proxy owns.
fn from_chain(peer: IpAddr, forwarded: &[&str], trusted: &[IpAddr]) -> IpAddr {
    let mut address = peer;
    for hop in forwarded.iter().rev() {
        if !trusted.contains(&address) {
            break;
        }
        let Ok(next) = hop.trim().parse::<IpAddr>() else { break };
        address = next.to_canonical();
    }
    address
}

/// Whether a socket was opened by one of our own pages: browsers send cookies along, whoever opens the socket. Own is the
/// host that was asked, and what people type, since a proxy in between may ask for another host.
pub fn is_own_page(app: &App, request: &HttpRequest) -> bool {
    let Some(origin) = request.headers().get(header::ORIGIN) else { return true };
    let Ok(origin) = origin.to_str() else { return false };
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let of_host = origin.split_once("://").map(|(_, host)| host);
    origin == app.public_url || of_host.is_some() && of_host == host
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_trusted_proxies_are_believed() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let (proxy, client, liar) = (ip("10.0.0.1"), ip("192.0.2.7"), ip("203.0.113.9"));
        let chain = ["198.51.100.1", "192.0.2.7"];
        assert_eq!(from_chain(proxy, &chain, &[proxy]), client);
        assert_eq!(from_chain(liar, &chain, &[proxy]), liar);
        assert_eq!(from_chain(proxy, &["nonsense"], &[proxy]), proxy);
    }
}
