//! Email addresses out of what somebody pastes or brings as a file: lists, tables, address books.

/// What is an address, or was meant to be one, in its order and each once. The server says what is wrong with them.
///
/// A line with an address in it gives its addresses and nothing else, so that names and other columns beside them do no harm.
/// A line without any counts as one that was mistyped, the first apart: tables name their columns there.
pub fn addresses(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut add = |text: &str| {
        let text = text.trim().to_lowercase();
        if !text.is_empty() && !found.contains(&text) {
            found.push(text);
        }
    };
    for (number, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let mut parts = line.split([',', ';', '\t', '<', '>', '"', ' ']).filter(|part| part.contains('@')).peekable();
        if parts.peek().is_some() {
            parts.for_each(|part| add(part.trim_start_matches("mailto:").trim_matches(['\'', '(', ')'])));
        } else if number > 0 || !names_columns(line) {
            add(line);
        }
    }
    found
}

/// Whether a first line is that of a table rather than somebody's mistyped address.
fn names_columns(line: &str) -> bool {
    line.contains([',', ';', '\t']) || line.to_lowercase().contains("mail")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn c3_addresses_are_found_in_lists_tables_and_address_books() {
        let cases: [(&str, &[&str]); 7] = [
            ("ada@example.org\nbob@example.org", &["ada@example.org", "bob@example.org"]),
            (
                "ada@example.org, bob@example.org;  cleo@example.org",
                &["ada@example.org", "bob@example.org", "cleo@example.org"],
            ),
            (
                "Name;E-mail;Town\r\nAda;ADA@example.org;Bonn\r\n\"Bob, B.\";bob@example.org;",
                &["ada@example.org", "bob@example.org"],
            ),
            ("Ada Lovelace <ada@example.org>, \"Bob\" <bob@example.org>", &["ada@example.org", "bob@example.org"]),
            ("\u{feff}Email\nada@example.org", &["ada@example.org"]),
            ("ada@example.org\nAda@Example.org\n\n", &["ada@example.org"]),
            (
                "ada.example.org\nbob@example.org\ncleo.example.org",
                &["ada.example.org", "bob@example.org", "cleo.example.org"],
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(addresses(text), expected, "{text}");
        }
    }
}
