//! What an import of a file says of itself, in answer to a file that is posted as it is: the same for people, sessions and
//! segments.

/// What an import did, or would do. `Code` is what can be wrong with a line.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ImportReport<Code> {
    pub lines: i32,
    pub added: i32,
    pub already: i32,
    pub problems: Vec<LineProblem<Code>>,
    /// Tags that nothing has had before; an import of segments names them.
    #[serde(default)]
    pub new_tags: Vec<String>,
    pub unknown_columns: Vec<String>,
}

/// Why a line of the file is left out.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub struct LineProblem<Code> {
    /// As editors count, from 1.
    pub line: u32,
    pub code: Code,
    /// In the server's words, with the names that belong to it.
    pub message: String,
    /// Those names alone, where two things are in each other's way.
    #[serde(default)]
    pub names: Vec<String>,
}

/// The answer around the report.
#[derive(Clone, Debug, PartialEq, serde::Deserialize)]
pub struct Imported<Code> {
    #[serde(alias = "importPeople", alias = "importSessions", alias = "importSegments")]
    pub report: ImportReport<Code>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::{registration, segment_import};

    /// B10: a report of sessions, with what a newer server may find wrong.
    #[test]
    fn b10_a_report_is_read_by_what_was_imported() {
        let body = r#"{"importSessions":{"lines":3,"added":1,"already":0,"unknownColumns":["Room"],"problems":[
            {"line":2,"code":"TITLE","message":"…"},{"line":4,"code":"SOMETHING_NEW","message":"?"}]}}"#;
        let Imported { report } = serde_json::from_str::<Imported<registration::LineProblemCode>>(body).unwrap();
        let codes: Vec<_> = report.problems.iter().map(|problem| (problem.line, problem.code)).collect();
        let (title, unknown) = (registration::LineProblemCode::Title, registration::LineProblemCode::Unknown);
        assert_eq!(codes, [(2, title), (4, unknown)]);
        assert_eq!((report.unknown_columns, report.new_tags), (vec!["Room".to_owned()], Vec::new()));
    }

    /// F7: a report of segments names the tags that are new, and what would overlap.
    #[test]
    fn f7_a_report_of_segments_names_new_tags_and_what_overlaps() {
        let body = r#"{"importSegments":{"lines":1,"added":0,"already":0,"unknownColumns":[],"newTags":["Rust"],"problems":[
            {"line":2,"code":"BREAK_OVERLAPS","message":"…","names":["Talk","Lunch"]}]}}"#;
        let Imported { report } = serde_json::from_str::<Imported<segment_import::LineProblemCode>>(body).unwrap();
        assert_eq!(report.problems[0].code, segment_import::LineProblemCode::BreakOverlaps);
        assert_eq!(report.problems[0].names, ["Talk", "Lunch"]);
        assert_eq!(report.new_tags, ["Rust"]);
    }
}
