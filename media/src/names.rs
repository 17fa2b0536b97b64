//! The names that people are shown by. The api checks them; whatever a pass says, what is passed on is short and plain. Pure.

/// Unicode scalar values at the most.
const MAX_NAME: usize = 100;

/// The name without what is no letter, sign or space, and not longer than a tile could show. Markup stays what it is: text.
pub fn plain(name: &str) -> String {
    name.chars().filter(|char| !is_invisible(*char)).take(MAX_NAME).collect()
}

/// Control characters, and those that turn the direction of what is written around them.
fn is_invisible(char: char) -> bool {
    char.is_control() || matches!(char, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain_and_short() {
        assert_eq!(plain("Zoë <b>O'Neill</b> 王小明"), "Zoë <b>O'Neill</b> 王小明");
        assert_eq!(plain("A\u{0}d\r\n\u{1b}[31ma\u{202e}"), "Ad[31ma");
        assert_eq!(plain(&"é".repeat(10_000)).chars().count(), MAX_NAME);
    }
}
