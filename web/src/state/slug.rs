//! The address that a name suggests.

/// As long as the server takes.
const LONGEST: usize = 60;

/// Small letters, digits and hyphens between them; common accents go, everything else separates.
pub fn suggest(name: &str) -> String {
    let mut slug = String::new();
    for letter in name.to_lowercase().chars() {
        let plain = match letter {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'ß' => "ss",
            'à' | 'á' | 'â' | 'ã' | 'å' => "a",
            'è' | 'é' | 'ê' | 'ë' => "e",
            'ì' | 'í' | 'î' | 'ï' => "i",
            'ò' | 'ó' | 'ô' | 'õ' | 'ø' => "o",
            'ù' | 'ú' | 'û' => "u",
            'ç' => "c",
            'ñ' => "n",
            _ => "",
        };
        if letter.is_ascii_alphanumeric() {
            slug.push(letter);
        } else if !plain.is_empty() {
            slug.push_str(plain);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(LONGEST);
    slug.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_becomes_an_address() {
        assert_eq!(suggest("  Frühjahrs-Treffen 2027! "), "fruehjahrs-treffen-2027");
        assert_eq!(suggest("Ça & là"), "ca-la");
        assert_eq!(suggest("李雷"), "");
        assert_eq!(suggest(&"a".repeat(80)).len(), 60);
    }
}
