//! Rich text whose pictures stand still (B3).

/// The size in which pictures stand in rich text, at the end of their addresses.
const MOVING: &str = "/full\"";
const STILL: &str = "/full-still\"";

/// Replaces the addresses of our pictures by those of their still forms. The server writes them all alike.
pub fn pictures(html: &str) -> String {
    let mut parts = html.split("src=\"/pictures/");
    let mut calm = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        calm.push_str("src=\"/pictures/");
        calm.push_str(&part.replacen(MOVING, STILL, 1));
    }
    calm
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b3_pictures_of_text_stand_still() {
        let html = "<p>/full\" <img src=\"/pictures/01A/full\" alt=\"\"><img src=\"/pictures/01B/full\" alt=\"\"></p>";
        let calm = "<p>/full\" <img src=\"/pictures/01A/full-still\" alt=\"\">\
                    <img src=\"/pictures/01B/full-still\" alt=\"\"></p>";
        assert_eq!(pictures(html), calm);
    }
}
