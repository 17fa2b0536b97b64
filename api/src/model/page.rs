//! One page of a list: read by key, so that page 40 costs what page 1 costs.

use diesel::prelude::*;

/// Which rows of a list: so many after one, or from its beginning.
#[derive(Clone, Debug)]
pub struct Slice<After> {
    pub after: Option<After>,
    pub first: usize,
}

/// A bounded number of rows in the list's order.
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub has_next: bool,
}

impl<T> Page<T> {
    pub fn empty() -> Self {
        Self { rows: Vec::new(), has_next: false }
    }

    /// From one row more than asked for: the extra one says that there is a next page.
    pub fn of(mut rows: Vec<T>, first: usize) -> Self {
        let has_next = rows.len() > first;
        rows.truncate(first);
        Self { rows, has_next }
    }
}

/// One row more than a page, as the database counts.
pub fn one_more(first: usize) -> i64 {
    i64::try_from(first).unwrap_or(i64::MAX - 1) + 1
}

/// A `LIKE` pattern that finds `search` anywhere, with the pattern's own signs taken literally. Use with `ESCAPE '\'`.
pub fn contains(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.trim().to_lowercase().chars() {
        if matches!(c, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

diesel::define_sql_function! {
    /// Lower case. SQLite's own knows the ASCII letters only; `db` gives each connection one that knows all.
    fn lower(text: diesel::sql_types::Text) -> diesel::sql_types::Text;
}

/// Teaches SQLite the lower case of every letter.
pub(crate) fn register_lower(conn: &mut SqliteConnection) -> QueryResult<()> {
    lower_utils::register_impl(conn, |text: String| text.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_knows_whether_there_is_more() {
        assert!(Page::of(vec![1, 2, 3], 2).has_next);
        assert!(!Page::of(vec![1, 2], 2).has_next);
    }

    #[test]
    fn signs_of_the_pattern_are_taken_literally() {
        assert_eq!(contains(" 50%_\\ "), "%50\\%\\_\\\\%");
    }
}
