//! Files as people bring them. The rule is A4's import; sessions (B10) and the schedule (F7) read theirs the same way.

use super::*;

const KNOWN: [&[&str]; 2] = [&["name"], &["ticket type", "ticket"]];

/// The rows by line, with the cells of the two columns.
fn rows(bytes: &[u8]) -> Vec<(u64, String, String)> {
    let table = read(bytes).unwrap();
    let columns = table.columns(KNOWN).unwrap();
    let cells = |row: &Row| (row.line, row.cell(columns.at[0]).to_owned(), row.cell(columns.at[1]).to_owned());
    table.rows.iter().map(cells).collect()
}

fn row(line: u64, name: &str, ticket: &str) -> (u64, String, String) {
    (line, name.into(), ticket.into())
}

fn utf16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(bytes).collect()
}

#[test]
fn a4_every_common_encoding_and_separator_is_read() {
    let expected = [row(2, "Zoë, B.", "Größe")];
    for separator in [",", ";", "\t"] {
        let text = format!("Name{separator}Ticket type\n\"Zoë, B.\"{separator}Größe\n");
        assert_eq!(rows(text.as_bytes()), expected);
        assert_eq!(rows(format!("\u{feff}{text}").as_bytes()), expected);
        assert_eq!(rows(&utf16(&text, u16::to_le_bytes)), expected);
        assert_eq!(rows(&utf16(&text, u16::to_be_bytes)), expected);
        assert_eq!(rows(text.replace('\n', "\r\n").as_bytes()), expected);
        assert_eq!(rows(text.replace('\n', "\r").as_bytes()), expected);
    }
    assert_eq!(rows("sep=;\nname;ticket\nA;B".as_bytes()), [row(3, "A", "B")]);
}

#[test]
fn a4_what_is_no_text_is_refused_with_its_line() {
    assert_eq!(read(b"name\nAda\nBj\xf6rn\n").unwrap_err(), Fault::NotUtf8(3));
    let without_mark: Vec<u8> = "name\nAda".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(read(&without_mark).unwrap_err(), Fault::NoText);
    assert_eq!(read(&[0xff, 0xfe, 0x41]).unwrap_err(), Fault::NoText);
    assert_eq!(read(b"\n \n,,\n").unwrap_err(), Fault::Empty);
    assert_eq!(read(b"").unwrap_err(), Fault::Empty);
}

#[test]
fn a4_lines_are_numbered_as_an_editor_does() {
    let text = "\nname,ticket\n\n\"Ada\nLovelace\",One\n,\nBob,\"a \"\"b\"\"\"\n";
    assert_eq!(rows(text.as_bytes()), [row(4, "Ada\nLovelace", "One"), row(7, "Bob", "a \"b\"")]);
}

#[test]
fn a4_columns_come_in_any_order_and_case_and_unknown_ones_are_named() {
    let table = read(b"TICKET_TYPE,Shoe size,,name\nOne,43,,Ada,more").unwrap();
    let columns = table.columns(KNOWN).unwrap();
    assert_eq!((columns.at, columns.unknown), ([Some(3), Some(0)], vec!["Shoe size".to_owned()]));
    assert_eq!(table.rows[0].cell(columns.at[0]), "Ada");
    assert_eq!(table.rows[0].cell(None), "");
    assert_eq!(
        read(b"name,Ticket,ticket-type\n").unwrap().columns(KNOWN).unwrap_err(),
        Fault::Twice("ticket-type".into())
    );
}

/// A stray mark in a cell is kept; one that opens a cell and is never closed would swallow the rest of the file.
#[test]
fn a4_a_quotation_mark_that_is_never_closed_is_named() {
    assert_eq!(read(b"name,ticket\nAda,\"One\nBob,Two\nCleo,Three\n").unwrap_err(), Fault::OpenQuote(2));
    assert_eq!(rows(b"name,ticket\nAda 5\",One\nBob,Two\n")[0], row(2, "Ada 5\"", "One"));
}

#[test]
fn a4_a_file_has_bounds() {
    let wide = format!("name{}\n", ",x".repeat(10_000));
    assert_eq!(read(wide.as_bytes()).unwrap_err(), Fault::TooManyColumns(1));
    let wide = format!("name\nAda\nBob{}\n", ",x".repeat(10_000));
    assert_eq!(read(wide.as_bytes()).unwrap_err(), Fault::TooManyColumns(3));
    let long = |lines: usize| format!("name\n{}", "Ada\n".repeat(lines));
    assert_eq!(read(long(limits::TABLE_LINES).as_bytes()).unwrap().rows.len(), limits::TABLE_LINES);
    assert_eq!(read(long(limits::TABLE_LINES + 1).as_bytes()).unwrap_err(), Fault::TooManyLines);
    assert_eq!(read(&vec![b'a'; limits::TABLE_BYTES + 1]).unwrap_err(), Fault::TooLarge);
}

/// Cells that a spreadsheet would calculate are neutralised in what people take away, and whole again when it comes back.
#[test]
fn a4_nothing_in_an_export_is_calculated() {
    let cells = ["=1+1", "+49", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u{ff1d}1", "a=b", "'quoted'"];
    let text = write(&["name", "ticket"], cells.iter().map(|cell| vec![(*cell).to_owned(), "x".to_owned()]));
    let lines: Vec<&str> = text.split("\r\n").collect();
    assert_eq!(&lines[..5], ["\u{feff}name,ticket", "'=1+1,x", "'+49,x", "'-2,x", "'@SUM(A1),x"]);
    assert!(text.contains("'\t=1") && text.contains("'\r=1") && text.contains("' =1") && text.contains("'\u{ff1d}1"));
    assert!(text.contains("\na=b,x") && text.contains("\n'quoted',x"));
    let back: Vec<String> = rows(text.as_bytes()).into_iter().map(|(_, name, _)| name.trim().to_owned()).collect();
    assert_eq!(back, cells.map(str::trim));
}
