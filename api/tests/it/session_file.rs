//! B10: sessions from a file, and into one.

use crate::harness::{FakeMedia, Person, TestApp, room, text};
use reqwest::StatusCode;
use serde_json::{Value, json};

const IMPORT: &str = "mutation($input: ImportSessionsInput!) { importSessions(input: $input) {
    lines added already problems { line code message } unknownColumns } }";
const SESSIONS: &str = "{ event(slug: \"summit\") { sessions(first: 100) { nodes {
    title description tags displaySize priority watchAccess ticketTypes { name } shareAccess scheduling maxParticipants
    youtubeSharing record
    } } } }";

async fn import(organizer: &Person, event: &str, csv: &str, dry_run: bool) -> Value {
    let input = json!({ "input": { "eventId": event, "csv": csv, "dryRun": dry_run } });
    organizer.ok(IMPORT, input).await["importSessions"].clone()
}

async fn sessions(person: &Person) -> Value {
    person.ok(SESSIONS, json!({})).await["event"]["sessions"]["nodes"].clone()
}

/// B10: the dry run names every line at fault and what would happen; the import then does exactly that.
#[tokio::test]
async fn b10_an_import_of_sessions_does_what_its_dry_run_said() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.ticket_type(&event, "VIP; gold", json!({})).await;
    olivia.session(&event, "Here already", json!({ "description": "Stays" })).await;
    let csv = "Title,Tags,Size,Who can watch,Ticket types,Who can share,Seats,Priority,Room,YouTube,Record\n\
        Maps,\"geo; open data\",large,Ticket holders,VIP; gold,Invite only,7,3,Blue,on,yes\n\
        ,,,,,,,,Red,,\n\
        Bad seats,,,,,,0,,,,\n\
        Bad ticket,,,Ticket holders,Press,,,,,,\n\
        here ALREADY,,,,,,,,,,\n\
        \n\
        maps,,,,,,,,,,\n\
        Plain,,,,,,,,,,\n";
    let said = import(&olivia, &event, csv, true).await;
    let problems: Vec<(u64, String)> = said["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["line"].as_u64().unwrap(), text(&problem["code"])))
        .collect();
    let expected = [(3, "TITLE"), (4, "MAX_PARTICIPANTS"), (5, "UNKNOWN_TICKET_TYPE"), (8, "TWICE")];
    assert_eq!(problems, expected.map(|(line, code)| (line, code.to_owned())));
    assert_eq!((&said["lines"], &said["added"], &said["already"]), (&json!(7), &json!(2), &json!(1)));
    assert_eq!(said["unknownColumns"], json!(["Room"]));
    assert_eq!(sessions(&olivia).await.as_array().unwrap().len(), 1, "a dry run writes nothing");
    assert_eq!(import(&olivia, &event, csv, false).await, said);
    let maps = json!({ "title": "Maps", "description": "", "tags": ["geo", "open data"], "displaySize": "LARGE",
        "priority": 3, "watchAccess": "TICKETS", "ticketTypes": [{ "name": "VIP; gold" }], "shareAccess": "INVITE_ONLY",
        "scheduling": "ALWAYS_OPEN", "maxParticipants": 7, "youtubeSharing": true, "record": true });
    let made = sessions(&olivia).await;
    assert_eq!((made.as_array().unwrap().len(), &made[0]), (3, &maps));
    assert_eq!((&made[1]["description"], &made[2]["title"]), (&json!("Stays"), &json!("Plain")));
    let again = import(&olivia, &event, csv, false).await;
    assert_eq!((&again["added"], &again["already"]), (&json!(0), &json!(3)));
}

/// B10: what goes out comes in again as it was, in another event; nothing in the file is calculated when it is opened.
#[tokio::test]
async fn b10_an_export_of_sessions_is_read_again_and_runs_nothing() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    olivia.session(&event, "=HYPERLINK(\"http://evil\")", json!({ "description": "+1\n@home", "tags": ["-x"] })).await;
    let unlisted = json!({ "watchAccess": "UNLISTED", "shareAccess": "MODERATED", "scheduling": "SCHEDULED",
        "displaySize": "LARGE", "priority": -2, "maxParticipants": 1, "youtubeSharing": true, "record": true, "tags": ["Über", "b"] });
    olivia.session(&event, "Second, \"quoted\"", unlisted).await;
    let get = |event: &str| olivia.get(&format!("/events/{event}/sessions.csv"));
    let cookie = olivia.cookie.clone().unwrap();
    let answer = get(&event).header("cookie", &cookie).send().await.unwrap();
    assert_eq!(answer.headers()["content-disposition"], "attachment; filename=\"sessions.csv\"");
    let file = answer.text().await.unwrap();
    for cell in ["\"'=HYPERLINK(\"\"http://evil\"\")\"", "\"'+1\n@home\"", "'-x"] {
        assert!(file.contains(cell), "{cell} in {file}");
    }
    assert!(file.contains("?link="), "an organizer may have the link: {file}");
    let before = sessions(&olivia).await;
    let other = app.live_event(&olivia, "other").await;
    let said = import(&olivia, &other, &file, false).await;
    let expected = json!({ "lines": 2, "added": 2, "already": 0, "problems": [], "unknownColumns": [] });
    assert_eq!(said, expected);
    let there = olivia.ok(&SESSIONS.replace("summit", "other"), json!({})).await["event"]["sessions"]["nodes"].clone();
    assert_eq!(there, before);
}

/// B10: the files are for organizers, and for pages of our own; one has a thousand sessions at the most.
#[tokio::test]
async fn b10_files_of_sessions_are_for_organizers() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let ada = app.attendee(&event, "Ada").await;
    let path = format!("/events/{event}/sessions.csv");
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status();
    let post = |person: &Person| person.post(&path).body("title\nNew");
    assert_eq!(status(post(&olivia)).await, StatusCode::FORBIDDEN, "a form of another site");
    let own = |person: &Person| post(person).header("x-roundtable", "1");
    assert_eq!(status(own(&app.stranger())).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(own(&ada)).await, StatusCode::FORBIDDEN);
    assert_eq!(status(own(&olivia)).await, StatusCode::OK);
    assert_eq!(ada.titles("summit").await, ["New"]);
    let get = |person: &Person| person.get(&path).header("cookie", person.cookie.clone().unwrap_or_default());
    assert_eq!(status(get(&app.stranger())).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(get(&ada)).await, StatusCode::FORBIDDEN);
    assert_eq!(status(get(&olivia)).await, StatusCode::OK);
    let many = (0..1_001).map(|number| format!("T{number}\n")).collect::<String>();
    let input = json!({ "input": { "eventId": event, "csv": format!("title\n{many}"), "dryRun": true } });
    assert_eq!(olivia.problems(IMPORT, input).await, [("csv".to_owned(), "OUT_OF_RANGE".to_owned())]);
    let input = json!({ "input": { "eventId": event, "csv": "name of it\nX", "dryRun": true } });
    assert_eq!(olivia.problems(IMPORT, input).await, [("csv".to_owned(), "REQUIRED".to_owned())]);
}

/// B10: a file that is no table at all is refused in the words of who brought it, with its line or what to do, and nothing of it
/// is made. How files are read stands in `table/tests.rs`; here they come as bytes, the way pages send them.
#[tokio::test]
async fn b10_files_that_cannot_be_read() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let post = async |body: Vec<u8>| {
        let request = olivia.post(&format!("/events/{event}/sessions.csv")).header("x-roundtable", "1");
        request.body(body).send().await.unwrap().json::<Value>().await.unwrap()
    };
    let utf16 = |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
    let marked = |text: &str| [vec![0xff, 0xfe], utf16(text)].concat();
    let wide = format!("Title,Tags\nMaps,geo\nWide{}\n", ",x".repeat(10_000)).into_bytes();
    let mut cut = marked("Title\nMaps\n");
    cut.pop();
    let cases: [(&str, Vec<u8>, &str, Value, &str); 8] = [
        ("Latin-1", b"Title,Tags\nMaps,geo\nCaf\xe9,x\n".to_vec(), "INVALID", json!(3), "Line 3 has characters"),
        ("UTF-16 without its mark", utf16("Title\nMaps\n"), "INVALID", Value::Null, "Save it as \"CSV UTF-8\""),
        ("UTF-16 cut short", cut, "INVALID", Value::Null, "Save it as \"CSV UTF-8\""),
        ("a NUL", b"Title\nMa\0ps\n".to_vec(), "INVALID", Value::Null, "The file is no text"),
        ("a quotation mark", b"Title,Tags\nMaps,\"geo\nBook,x\n".to_vec(), "INVALID", json!(2), "opens in line 2"),
        ("10,000 columns", wide, "OUT_OF_RANGE", Value::Null, "Line 3 has over"),
        ("a column twice", b"Title,title\nMaps,geo\n".to_vec(), "INVALID", Value::Null, "\"title\" is there twice"),
        ("nothing", Vec::new(), "REQUIRED", Value::Null, "The file is empty"),
    ];
    for (what, body, code, line, says) in cases {
        let answer = post(body).await;
        let problem = &answer["errors"][0]["extensions"]["problems"][0];
        assert_eq!((&problem["field"], &problem["code"]), (&json!("csv"), &json!(code)), "{what}: {answer}");
        assert_eq!(problem["limit"], line, "{what}: the line, for pages in other languages");
        assert!(text(&problem["message"]).contains(says), "{what}: {answer}");
    }
    assert_eq!(sessions(&olivia).await, json!([]));
    // The same encodings as they should be: UTF-16 as Excel writes it.
    let answer = post(marked("Title\tTags\nÜber Maps\tgeo\n")).await;
    assert_eq!(answer["data"]["importSessions"]["added"], 1, "{answer}");
    assert_eq!(olivia.titles("summit").await, ["Über Maps"]);
}

/// E5: neither the number of sessions nor that of sessions at the same time has a limit: with 1,000 made and somebody in each
/// room, the next one is made and entered.
#[tokio::test]
async fn e5_nothing_refuses_the_thousand_and_first_session() {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let titles: Vec<String> = (1..=1000).map(|number| format!("Table {number}")).collect();
    let made = import(&olivia, &event, &format!("Title\n{}\n", titles.join("\n")), false).await;
    assert_eq!(made["added"], 1000, "{made}");
    let page = "query($after: String) { event(slug: \"summit\") { sessions(first: 100, after: $after) {
        totalCount nodes { id } pageInfo { hasNextPage endCursor } } } }";
    let (mut ids, mut after) = (Vec::new(), Value::Null);
    loop {
        let sessions = olivia.ok(page, json!({ "after": after })).await["event"]["sessions"].clone();
        ids.extend(sessions["nodes"].as_array().unwrap().iter().map(|node| text(&node["id"])));
        if sessions["pageInfo"]["hasNextPage"] == false {
            break;
        }
        after = sessions["pageInfo"]["endCursor"].clone();
    }
    assert_eq!(ids.len(), 1000);
    let ada = app.attendee(&event, "Ada").await;
    let person = ada.id().await;
    let rooms = ids.iter().map(|id| room(id, &person, 3)).collect();
    let _media = FakeMedia::link_with(&app.address, &app.app, rooms).await;

    let next = olivia.session(&event, "One more", json!({})).await;
    let join = "mutation($input: JoinSessionInput!) { joinSession(input: $input) { mediaUrl } }";
    for session in [&next, &ids[999]] {
        let entered = ada.ok(join, json!({ "input": { "sessionId": session } })).await;
        assert_eq!(entered["joinSession"]["mediaUrl"], ":8081/signalling");
    }
}
