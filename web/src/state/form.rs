//! Limits of text fields, counted as the server counts them: in Unicode scalar values (B1).

/// The most a session's title may have (B1).
pub const TITLE: usize = 60;
/// The most a session's description may have (B1).
pub const DESCRIPTION: usize = 140;

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
    fn b1_sixty_scalar_values_fit_and_sixty_one_do_not() {
        assert_eq!(over(&"é".repeat(TITLE), TITLE), None);
        assert_eq!(over(&"😀".repeat(TITLE + 1), TITLE), Some(1));
        // A family is one picture and several scalar values; the server counts the same.
        assert_eq!(length("👨‍👩‍👧"), 5);
    }
}
