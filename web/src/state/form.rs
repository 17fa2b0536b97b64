//! Limits of text fields, counted as the server counts them: in Unicode scalar values (B1).

/// The most a session's title may have (B1).
pub const TITLE: usize = 60;
/// The most a session's description may have (B1).
pub const DESCRIPTION: usize = 140;

/// The most that additional information may have, with its tags and addresses: the characters of its HTML (B2).
pub const ADDITIONAL_INFORMATION: usize = 20_000;

/// The most that the name and the description of a ticket type may have (A4).
pub const TICKET_NAME: usize = 60;
pub const TICKET_DESCRIPTION: usize = 300;

/// The most tags a session may have, and the most a tag may have.
pub const TAGS: usize = 10;
pub const TAG: usize = 30;

/// A field, by its name in the API.
pub type Field = &'static str;

/// How what somebody typed meets what somebody else saved.
#[derive(Default)]
pub struct Meeting {
    /// The names of the fields that both changed.
    pub both: Vec<Field>,
    /// The field in which this person takes what the other one made of it.
    pub taken: Option<Field>,
}

impl Meeting {
    pub fn taking(field: Field) -> Self {
        Self { taken: Some(field), ..Self::default() }
    }

    /// The value of a field: theirs where this person changed nothing since `base`, and this person's own elsewhere.
    pub fn pick<T: Clone + PartialEq>(&mut self, name: Field, mine: &T, base: &T, theirs: &T) -> T {
        if mine == base || self.taken == Some(name) {
            return theirs.clone();
        }
        if theirs != base && theirs != mine {
            self.both.push(name);
        }
        mine.clone()
    }
}

/// Adds what is typed to `tags`: several at once with commas between them. Those that differ only in case are one. Gives
/// back what had no place any more.
pub fn add_tags(tags: &mut Vec<String>, typed: &str) -> String {
    let mut rest = Vec::new();
    for tag in typed.split(',') {
        let tag = tag.split_whitespace().collect::<Vec<_>>().join(" ");
        let known = tags.iter().any(|other| other.to_lowercase() == tag.to_lowercase());
        if tag.is_empty() || known {
            continue;
        }
        if tags.len() < TAGS { tags.push(tag) } else { rest.push(tag) }
    }
    rest.join(", ")
}

/// Those of the known tags that have what is typed in them and are not used yet; those that begin with it stand first.
pub fn fitting_tags(known: &[String], used: &[String], typed: &str) -> Vec<String> {
    let typed = typed.trim().to_lowercase();
    let is_used = |tag: &str| used.iter().any(|other| other.to_lowercase() == tag.to_lowercase());
    let mut fitting: Vec<String> =
        known.iter().filter(|tag| tag.to_lowercase().contains(&typed) && !is_used(tag)).cloned().collect();
    fitting.sort_by_key(|tag| !tag.to_lowercase().starts_with(&typed));
    fitting
}

/// The tag that what is typed would make, unless it is used already.
pub fn new_tag(used: &[String], typed: &str) -> Option<String> {
    let mut more = used.to_vec();
    add_tags(&mut more, typed);
    (more.len() == used.len() + 1).then(|| more.pop()).flatten()
}

pub fn length(text: &str) -> usize {
    text.chars().count()
}

/// By how many the text is too long, if it is.
pub fn over(text: &str, limit: usize) -> Option<usize> {
    length(text).checked_sub(limit).filter(|over| *over > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b4_known_tags_are_offered_and_a_new_one_can_be_made() {
        let known = ["Open maps", "Maps", "Rust"].map(str::to_owned);
        let used = ["rust".to_owned()];
        assert_eq!(fitting_tags(&known, &used, " MAP"), ["Maps", "Open maps"]);
        assert_eq!(fitting_tags(&known, &used, ""), ["Open maps", "Maps"]);
        assert!(fitting_tags(&known, &used, "rust").is_empty());
        assert_eq!(new_tag(&used, "  deep   sea ").as_deref(), Some("deep sea"));
        assert_eq!(new_tag(&used, "RUST"), None);
        assert_eq!(new_tag(&used, " "), None);
    }

    #[test]
    fn b1_sixty_scalar_values_fit_and_sixty_one_do_not() {
        assert_eq!(over(&"é".repeat(TITLE), TITLE), None);
        assert_eq!(over(&"😀".repeat(TITLE + 1), TITLE), Some(1));
        // A family is one picture and several scalar values; the server counts the same.
        assert_eq!(length("👨‍👩‍👧"), 5);
    }

    #[test]
    fn b4_tags_are_added_once_and_what_is_over_ten_is_given_back() {
        let mut tags = vec!["Rust".to_owned()];
        assert_eq!(add_tags(&mut tags, " rust, real  time ,, WebRTC"), "");
        assert_eq!(tags, ["Rust", "real time", "WebRTC"]);
        assert_eq!(add_tags(&mut tags, "1,2,3,4,5,6,7,8,9"), "8, 9");
        assert_eq!(tags.len(), TAGS);
    }
}
