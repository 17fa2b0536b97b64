//! What can go wrong with a request, as the page needs it: by code, never by comparing messages.

use serde::Deserialize;
use serde_json::value::RawValue;

/// Why there is no result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Failure {
    /// The server could not be reached.
    Offline,
    /// The server said no; `problems` names the fields when the input was at fault.
    Refused { code: Code, problems: Vec<Problem> },
    /// The server takes this again after so many seconds.
    TooOften { seconds: u32 },
    /// The answer was not GraphQL; something between the page and the server is broken.
    Garbled,
}

/// `extensions.code` of an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum Code {
    Unauthenticated,
    Forbidden,
    NotFound,
    InvalidInput,
    Conflict,
    WrongCredentials,
    RateLimited,
    NotOpen,
    Unavailable,
    Internal,
    #[serde(other)]
    Unknown,
}

/// What is wrong with one field of the input.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Problem {
    /// The input's field, in camel case.
    pub field: String,
    pub code: ProblemCode,
    /// The bound that was crossed, where there is one.
    #[serde(default)]
    pub limit: Option<i64>,
    /// The names of what is in the way, where something is.
    #[serde(default)]
    pub names: Vec<String>,
    /// How much more there is of it.
    #[serde(default)]
    pub more: u32,
}

impl Problem {
    /// One that the page finds itself, before it sends anything.
    pub fn found(field: impl Into<String>, code: ProblemCode) -> Self {
        Self { field: field.into(), code, limit: None, names: Vec::new(), more: 0 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ProblemCode {
    Required,
    TooLong,
    TooShort,
    OutOfRange,
    Invalid,
    Taken,
    NotFound,
    InUse,
    /// A time that the clocks of its zone skip; found by the page, not by the server.
    #[serde(skip)]
    Skipped,
    #[serde(other)]
    Unknown,
}

/// What an error's `extensions` hold.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Extensions {
    code: Option<Code>,
    #[serde(default)]
    problems: Vec<Problem>,
    #[serde(rename = "retryAfterSeconds")]
    retry_after_seconds: Option<u32>,
}

impl Failure {
    /// The server's code, if it was the server that refused.
    pub fn code(&self) -> Option<Code> {
        match self {
            Failure::Refused { code, .. } => Some(*code),
            Failure::TooOften { .. } => Some(Code::RateLimited),
            Failure::Offline | Failure::Garbled => None,
        }
    }

    /// What is said of something that is not there any more.
    pub fn gone() -> Failure {
        Failure::Refused { code: Code::NotFound, problems: Vec::new() }
    }

    /// Whether the same request may succeed a little later.
    pub fn is_passing(&self) -> bool {
        let passing = |code| matches!(code, Code::Unavailable | Code::RateLimited | Code::Internal);
        self.code().is_none_or(passing)
    }

    pub fn problems(&self) -> &[Problem] {
        match self {
            Failure::Refused { problems, .. } => problems,
            Failure::Offline | Failure::Garbled | Failure::TooOften { .. } => &[],
        }
    }

    /// The first of the errors of a response.
    pub fn from_errors(errors: Vec<cynic::GraphQlError<Extensions>>) -> Failure {
        let extensions = errors.into_iter().next().and_then(|error| error.extensions).unwrap_or_default();
        match (extensions.code, extensions.retry_after_seconds) {
            (Some(Code::RateLimited), Some(seconds)) => Failure::TooOften { seconds },
            (code, _) => Failure::Refused { code: code.unwrap_or(Code::Unknown), problems: extensions.problems },
        }
    }
}

/// Reads the body of an answer. Data beside errors is not used: a page shows all of something or says why not.
pub fn read<Data: serde::de::DeserializeOwned>(body: &str) -> Result<Data, Failure> {
    serde_json::from_str(data(body)?.get()).map_err(|_| Failure::Garbled)
}

/// What is around the data: read by itself, since the code for it would else be there once for every operation.
#[derive(Deserialize)]
struct Answer {
    data: Option<Box<RawValue>>,
    errors: Option<Vec<cynic::GraphQlError<Extensions>>>,
}

/// The data of an answer, still to be read.
pub fn data(body: &str) -> Result<Box<RawValue>, Failure> {
    match serde_json::from_str(body) {
        Ok(Answer { errors: Some(errors), .. }) if !errors.is_empty() => Err(Failure::from_errors(errors)),
        Ok(Answer { data: Some(data), .. }) => Ok(data),
        Ok(_) | Err(_) => Err(Failure::Garbled),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    struct Answer {
        number: i32,
    }

    #[test]
    fn data_is_read_when_there_is_no_error() {
        assert_eq!(read::<Answer>(r#"{"data":{"number":3}}"#), Ok(Answer { number: 3 }));
    }

    #[test]
    fn b1_problems_name_field_code_and_limit() {
        let body = r#"{"data":null,"errors":[{"message":"Not valid","extensions":{"code":"INVALID_INPUT",
            "problems":[{"field":"title","code":"TOO_LONG","limit":60,"message":"…"}]}}]}"#;
        let failure = read::<Answer>(body).unwrap_err();
        assert_eq!(failure.code(), Some(Code::InvalidInput));
        assert_eq!(failure.problems(), [Problem { limit: Some(60), ..Problem::found("title", ProblemCode::TooLong) }]);
    }

    #[test]
    fn f4_problems_name_what_is_in_the_way() {
        let body = r#"{"errors":[{"message":"Not valid","extensions":{"code":"INVALID_INPUT","problems":[{"field":"endsAt",
            "code":"IN_USE","message":"…","names":["Keynote","Expo"],"more":3}]}}]}"#;
        let names = vec!["Keynote".to_owned(), "Expo".to_owned()];
        let expected = Problem { names, more: 3, ..Problem::found("endsAt", ProblemCode::InUse) };
        assert_eq!(read::<Answer>(body).unwrap_err().problems(), [expected]);
    }

    #[test]
    fn i1_who_is_too_fast_is_told_when_to_go_on() {
        let body =
            |extra: &str| format!(r#"{{"errors":[{{"message":"","extensions":{{"code":"RATE_LIMITED"{extra}}}}}]}}"#);
        let told = read::<Answer>(&body(r#","retryAfterSeconds":12"#)).unwrap_err();
        assert_eq!((&told, told.code()), (&Failure::TooOften { seconds: 12 }, Some(Code::RateLimited)));
        assert_eq!(read::<Answer>(&body("")).unwrap_err().code(), Some(Code::RateLimited));
    }

    #[test]
    fn a_code_of_a_newer_server_is_unknown_and_html_is_garbled() {
        let body = r#"{"errors":[{"message":"?","extensions":{"code":"SOMETHING_NEW"}}]}"#;
        assert_eq!(read::<Answer>(body).unwrap_err().code(), Some(Code::Unknown));
        assert_eq!(read::<Answer>("<html>"), Err(Failure::Garbled));
    }
}
