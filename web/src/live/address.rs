//! Where the room's signalling is.

/// The WebSocket's address: `media` is a full `ws(s)://…` address, or `:PORT/path` for the page's own host, encrypted
/// exactly when the page is. `protocol` and `hostname` are the page's (`https:`, `example.org`).
pub fn signalling(media: &str, protocol: &str, hostname: &str) -> String {
    if !media.starts_with(':') && !media.starts_with('/') {
        return media.to_owned();
    }
    let scheme = if protocol == "https:" { "wss" } else { "ws" };
    format!("{scheme}://{hostname}{media}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h9_a_port_means_the_pages_own_host() {
        assert_eq!(signalling(":8081/signalling", "http:", "192.168.1.5"), "ws://192.168.1.5:8081/signalling");
        assert_eq!(signalling(":8081/signalling", "https:", "[::1]"), "wss://[::1]:8081/signalling");
        assert_eq!(signalling("/signalling", "https:", "example.org"), "wss://example.org/signalling");
    }

    #[test]
    fn h9_a_full_address_is_taken_as_it_is() {
        assert_eq!(signalling("wss://media.example.org/s", "http:", "localhost"), "wss://media.example.org/s");
    }
}
