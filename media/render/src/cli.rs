//! `media render FOLDER [OUTPUT]`: what it does it says on standard output, a line of JSON each.

use crate::{Error, Options, Rendered, render};
use protocol::recording::Failure;
use serde::Serialize;
use std::ffi::OsString;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The name of the file in a block's folder, unless another one is given.
pub const OUTPUT: &str = "recording.mp4";

const USAGE: &str =
    "media render FOLDER [OUTPUT]: makes the file of the block in FOLDER, FOLDER/recording.mp4 unless OUTPUT is given";

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
enum Said {
    Percent(u8),
    Done {
        /// Milliseconds.
        length: i64,
        bytes: u64,
    },
    #[serde(untagged)]
    Failed {
        failed: Failure,
        message: String,
    },
}

/// Does what the arguments of the program ask for, if that is to render.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Option<ExitCode> {
    let mut arguments = arguments.into_iter();
    if arguments.next()? != "render" {
        return None;
    }
    let (folder, output) = (arguments.next().map(PathBuf::from), arguments.next().map(PathBuf::from));
    let Some(folder) = folder.filter(|_| arguments.next().is_none()) else {
        eprintln!("{USAGE}");
        return Some(ExitCode::from(2));
    };
    let output = output.unwrap_or_else(|| folder.join(OUTPUT));
    Some(if tell(&folder, &output, &options()) { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// `FFMPEG`: the program, by its name or path.
fn options() -> Options {
    let ffmpeg = std::env::var_os("FFMPEG").filter(|value| !value.is_empty()).unwrap_or_else(|| "ffmpeg".into());
    Options { ffmpeg: ffmpeg.into(), threads: std::thread::available_parallelism().map_or(1, usize::from) }
}

/// Whether the file was made.
fn tell(folder: &Path, output: &Path, options: &Options) -> bool {
    let result = render(folder, output, options, &mut |percent| say(&Said::Percent(percent)));
    match &result {
        Ok(Rendered { length, bytes, .. }) => say(&Said::Done { length: *length, bytes: *bytes }),
        Err(Error { failure, message }) => say(&Said::Failed { failed: *failure, message: message.clone() }),
    }
    result.is_ok()
}

/// Nobody may be listening any more, which is no reason to stop.
fn say(done: &Said) {
    if let Ok(line) = serde_json::to_string(done) {
        let _unheard = writeln!(std::io::stdout(), "{line}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn k5_lines_are_what_who_runs_it_reads() {
        let text = |done: &Said| serde_json::to_string(done).unwrap();
        assert_eq!(text(&Said::Percent(12)), r#"{"percent":12}"#);
        assert_eq!(text(&Said::Done { length: 5, bytes: 7 }), r#"{"done":{"length":5,"bytes":7}}"#);
        let failed = Said::Failed { failed: Failure::Encoder, message: "no".into() };
        assert_eq!(text(&failed), r#"{"failed":"ENCODER","message":"no"}"#);
    }

    #[test]
    fn other_arguments_are_not_for_it() {
        assert!(run([]).is_none());
        assert!(run(["serve".into()]).is_none());
        assert!(run(["render".into()]).is_some());
        assert!(run(["render".into(), "a".into(), "b".into(), "c".into()]).is_some());
    }
}
