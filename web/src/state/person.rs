//! How a person without a picture looks: initials and a colour, the same everywhere.

/// Colours that `tokens.css` has for people and covers: `hue-0` to `hue-5`.
pub const HUES: u32 = 6;

/// The first letters of the first and the last word of a name, in capitals.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Which of the colours; the same for the same text on every machine.
pub fn hue(text: &str) -> u32 {
    let hash = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    (hash ^ (hash >> 15)) % HUES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_of_the_first_and_the_last_word() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("  jean-luc  de la   picard "), "JP");
        assert_eq!(initials("Émile"), "É");
        assert_eq!(initials("(…)"), "");
    }

    #[test]
    fn a_colour_is_one_of_those_there_are() {
        assert!(["", "Ada", "Grace Hopper", "李雷"].into_iter().all(|name| hue(name) < HUES));
        assert_eq!(hue("Ada"), hue("Ada"));
    }
}
