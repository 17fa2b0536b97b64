//! Tables as text: the CSV files that people bring and take away. Pure: bytes become rows with the numbers of their lines,
//! rows become text that a spreadsheet opens without running anything in it.

mod report;

use crate::limits;
use crate::validate::{Code, Problem};
pub use report::{LineProblem, Report};
use std::collections::HashSet;

/// Excel knows by it that a file is UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Before a cell with which a spreadsheet would start to calculate.
const GUARD: char = '\'';

/// What was in a file: one row of names, then the others.
#[derive(Debug)]
pub struct Table {
    header: Vec<String>,
    pub rows: Vec<Row>,
}

/// One row that has something in it.
#[derive(Debug)]
pub struct Row {
    /// Where it begins in the file, as editors count: from 1, the header included.
    pub line: u64,
    fields: Vec<String>,
}

impl Row {
    /// The cell of a column, without surrounding blanks; empty when the file or the row has no such cell.
    pub fn cell(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.fields.get(column)).map_or("", String::as_str)
    }
}

/// Where the columns stand that an import knows.
#[derive(Debug)]
pub struct Columns<const N: usize> {
    /// One for each that was asked for; nothing when the file does not have it.
    pub at: [Option<usize>; N],
    /// Names of columns in the file that mean nothing here, as they are written there.
    pub unknown: Vec<String>,
}

/// Why a file cannot be read as a table at all.
#[derive(Debug, PartialEq, Eq)]
pub enum Fault {
    TooLarge,
    /// UTF-16 whose text breaks off, or something that is no text.
    NoText,
    /// With the line of the first byte that is not UTF-8.
    NotUtf8(u64),
    Empty,
    TooManyColumns(u64),
    TooManyLines,
    /// More than so many lines, where a file may have less than others.
    Over(usize),
    /// With the line of the quotation mark that is never closed.
    OpenQuote(u64),
    /// With the column that is there more than once.
    Twice(String),
    /// With the columns that must be there and are not.
    Missing(Vec<&'static str>),
}

impl Fault {
    /// In the words of whoever brought the file, for this field of the input.
    pub fn problem(&self, field: &'static str) -> Problem {
        let (code, message) = match self {
            Self::TooLarge => {
                let mebibytes = limits::TABLE_BYTES / 1024 / 1024;
                (Code::TooLong, format!("The file is over {mebibytes} MiB. Split it and bring the parts one by one."))
            }
            Self::NoText => (Code::Invalid, "The file is no text. Save it as \"CSV UTF-8\" and try again.".into()),
            Self::NotUtf8(line) => (
                Code::Invalid,
                format!("Line {line} has characters that are not UTF-8. Save the file as \"CSV UTF-8\" and try again."),
            ),
            Self::Empty => (Code::Required, "The file is empty. The first line names the columns.".into()),
            Self::TooManyColumns(line) => (
                Code::OutOfRange,
                format!("Line {line} has over {} columns. Remove those that are not needed.", limits::TABLE_COLUMNS),
            ),
            Self::TooManyLines => (
                Code::OutOfRange,
                format!("The file has over {} lines. Split it and bring the parts one by one.", limits::TABLE_LINES),
            ),
            Self::Over(most) => {
                (Code::OutOfRange, format!("The file has over {most} lines. Split it and bring the parts one by one."))
            }
            Self::OpenQuote(line) => {
                (Code::Invalid, format!("The quotation mark that opens in line {line} is never closed. Close it."))
            }
            Self::Twice(name) => (Code::Invalid, format!("The column \"{name}\" is there twice. Remove one of them.")),
            Self::Missing(names) => {
                let names = names.iter().map(|name| format!("\"{name}\"")).collect::<Vec<_>>().join(" and ");
                (Code::Required, format!("A column is missing: {names}. The first line names the columns."))
            }
        };
        let line = match self {
            Self::NotUtf8(line) | Self::OpenQuote(line) => i64::try_from(*line).ok(),
            _ => None,
        };
        Problem { limit: line, ..Problem::new(field, code, message) }
    }
}

/// The table in a file: UTF-8 or, with its mark, UTF-16; cells apart by commas, semicolons or tabs.
pub fn read(bytes: &[u8]) -> Result<Table, Fault> {
    if bytes.len() > limits::TABLE_BYTES {
        return Err(Fault::TooLarge);
    }
    let text = decode(bytes)?.replace("\r\n", "\n").replace('\r', "\n");
    let (text, offset, separator) = separated(&text);
    let mut reader =
        csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(text.as_bytes());
    let (mut header, mut rows): (Option<Vec<String>>, Vec<Row>) = (None, Vec::new());
    let mut record = csv::StringRecord::new();
    while reader.read_record(&mut record).map_err(|_error| Fault::NoText)? {
        let (line, rest) = place(text, offset, record.position());
        if reader.position().byte() == text.len() as u64 && rest.contains('\n') && is_open(rest) {
            return Err(Fault::OpenQuote(line));
        }
        if record.len() > limits::TABLE_COLUMNS {
            return Err(Fault::TooManyColumns(line));
        }
        let fields: Vec<String> = record.iter().map(|field| unguarded(field.trim()).to_owned()).collect();
        if fields.iter().all(String::is_empty) {
            continue;
        }
        match &header {
            None => header = Some(fields),
            Some(_) if rows.len() == limits::TABLE_LINES => return Err(Fault::TooManyLines),
            Some(_) => rows.push(Row { line, fields }),
        }
    }
    Ok(Table { header: header.ok_or(Fault::Empty)?, rows })
}

impl Table {
    /// Finds columns by the names that each may have, whatever their case, order, blanks and hyphens.
    pub fn columns<const N: usize>(&self, known: [&[&str]; N]) -> Result<Columns<N>, Fault> {
        let mut at = [None; N];
        let mut unknown = Vec::new();
        for (place, name) in self.header.iter().enumerate() {
            let key = key(name);
            match known.iter().position(|names| names.iter().any(|known| self::key(known) == key)) {
                Some(column) if at[column].is_some() => return Err(Fault::Twice(name.clone())),
                Some(column) => at[column] = Some(place),
                None if name.is_empty() => {}
                None => unknown.push(name.clone()),
            }
        }
        Ok(Columns { at, unknown })
    }
}

/// A table as a file: in UTF-8 with a mark, so that Excel knows; nothing in it is calculated when it is opened.
pub fn write(header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    // Writing into memory does not fail, and every row may have its own number of cells.
    let mut put = |cells: Vec<String>| drop(writer.write_record(cells.iter().map(|cell| guarded(cell))));
    put(header.iter().map(|name| (*name).to_owned()).collect());
    rows.into_iter().for_each(&mut put);
    let text = writer.into_inner().map(String::from_utf8).ok().and_then(Result::ok).unwrap_or_default();
    format!("{BYTE_ORDER_MARK}{text}")
}

/// With the guard, where a spreadsheet would start to calculate. [`read`] takes it off again.
fn guarded(cell: &str) -> String {
    if calculates(cell) { format!("{GUARD}{cell}") } else { cell.to_owned() }
}

fn unguarded(cell: &str) -> &str {
    cell.strip_prefix(GUARD).filter(|rest| calculates(rest)).unwrap_or(cell)
}

/// Whether a spreadsheet takes the cell for a formula. It may pass over blanks before it, and some know the wide signs too.
fn calculates(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start().starts_with(['=', '+', '-', '@', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'])
}

fn decode(bytes: &[u8]) -> Result<String, Fault> {
    let text = match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes)?,
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes)?,
        _ => utf8(bytes)?,
    };
    // No text has a NUL, but UTF-16 without its mark does.
    if text.contains('\0') { Err(Fault::NoText) } else { Ok(text) }
}

fn utf8(bytes: &[u8]) -> Result<String, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        Fault::NotUtf8(1 + before.iter().filter(|byte| **byte == b'\n').count() as u64)
    })?;
    Ok(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text).to_owned())
}

fn utf16(bytes: &[u8], unit: impl Fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| unit(*pair));
    let text: Result<String, _> = char::decode_utf16(units).collect();
    text.ok().filter(|_| rest.is_empty()).ok_or(Fault::NoText)
}

/// The text without Excel's own line about the separator, how many lines that was, and the separator: what the first line
/// has most of, outside quotation marks.
fn separated(text: &str) -> (&str, u64, u8) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    if let Some(separator @ ("," | ";" | "\t")) = first.strip_prefix("sep=") {
        return (rest, 1, separator.as_bytes()[0]);
    }
    let first = text.trim_start_matches('\n').split('\n').next().unwrap_or_default();
    let count = |separator: u8| {
        let (mut quoted, mut count) = (false, 0);
        for byte in first.bytes() {
            quoted ^= byte == b'"';
            count += usize::from(byte == separator && !quoted);
        }
        count
    };
    // Of equals the first one is taken: `max_by_key` would take the last.
    let separator = [b'\t', b';', b','].into_iter().max_by_key(|separator| count(*separator)).unwrap_or(b',');
    (text, 0, separator)
}

/// The line where a record begins, and the text from there on. The reader starts counting before blank lines.
fn place<'a>(text: &'a str, offset: u64, position: Option<&csv::Position>) -> (u64, &'a str) {
    let Some(position) = position else { return (offset + 1, text) };
    let rest = usize::try_from(position.byte()).ok().and_then(|byte| text.get(byte..)).unwrap_or_default();
    let record = rest.trim_start_matches('\n');
    (offset + position.line() + (rest.len() - record.len()) as u64, record)
}

/// Whether the last record has a quotation mark that nothing closes, and so has swallowed the lines after it.
fn is_open(record: &str) -> bool {
    record.bytes().filter(|byte| *byte == b'"').count() % 2 == 1
}

/// What makes two names of columns the same.
fn key(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Tells which of a table's values were there before: for what must not come twice in one file.
#[derive(Default)]
pub struct Seen(HashSet<String>);

impl Seen {
    /// Whether it is the first with this value.
    pub fn is_first(&mut self, value: &str) -> bool {
        self.0.insert(value.to_lowercase())
    }
}

#[cfg(test)]
mod tests;
