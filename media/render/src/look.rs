//! How people look in a recording: as on the stage of the pages, whose values (`web/style/tokens.css`, `web/style/room`) these are.

use crate::colour::{Colour, colour};

/// `--stage-ground`: behind everything.
pub const GROUND: Colour = colour(0x12100e);

/// `--stage-raised`: a tile without a picture.
pub const TILE: Colour = colour(0x1f1c18);

/// A tile of a screen that does not fill it.
pub const SCREEN: Colour = colour(0x000000);

/// `--stage-label`: behind a name, and how much of it of 255.
pub const LABEL: (Colour, u8) = (colour(0x0e0d0b), 189);

pub const NAME: Colour = colour(0xffffff);

/// `--stage-accent`: around who speaks.
pub const SPEAKING: Colour = colour(0x6fd0c9);

/// `--stage-off-text`: a microphone that is off.
pub const MUTED: Colour = colour(0xffc2ba);

/// `--hue-0` to `--hue-5` on the dark ground of the stage.
const HUES: [Colour; 6] =
    [colour(0x2c7d7a), colour(0x96602b), colour(0x6c5fb0), colour(0xa5466d), colour(0x4f7c38), colour(0x3a70a6)];

/// The colour of a person without a picture: the same as on the pages (`web/src/state/person.rs`).
pub fn hue(name: &str) -> Colour {
    let hash = name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    HUES[((hash ^ (hash >> 15)) % HUES.len() as u32) as usize]
}

/// The first letters of the first and the last word of a name, in capitals, as on the pages.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(|word| word.chars().find(|letter| letter.is_alphanumeric()));
    let first = words.next();
    let last = words.next_back();
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}

/// Characters of a name that are looked at, at the most.
const NAME_CHARACTERS: usize = 160;

/// A name on one line, without what would turn the text around it or is no text.
pub fn one_line(name: &str) -> String {
    let turns = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let plain = name.chars().filter(|letter| !turns(*letter)).take(NAME_CHARACTERS);
    let spaced = plain
        .map(|letter| if letter.is_control() || letter.is_whitespace() || letter == '\u{2028}' { ' ' } else { letter });
    spaced.collect::<String>().split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_of_the_pages() {
        assert_eq!(initials("Ada Lovelace"), "AL");
        assert_eq!(initials("  jean-luc  de la   picard "), "JP");
        assert_eq!(initials("Émile"), "É");
        assert_eq!(initials("(…)"), "");
    }

    #[test]
    fn the_colour_of_a_name_is_that_of_the_pages() {
        assert_eq!(hue("Ada"), hue("Ada"));
        let used: std::collections::HashSet<Colour> = (0..100).map(|number| hue(&format!("Person {number}"))).collect();
        assert_eq!(used.len(), HUES.len());
    }

    #[test]
    fn a_name_is_one_line_whatever_is_in_it() {
        assert_eq!(one_line("Ada\r\n\tLove\u{0}lace\u{2028}!"), "Ada Love lace !");
        assert_eq!(one_line("\u{202e}evil\u{2066}"), "evil");
        assert_eq!(one_line(&"x".repeat(5_000)).len(), NAME_CHARACTERS);
    }
}
