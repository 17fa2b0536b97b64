//! B3: what is taken as a picture, what becomes of it, who uploads, what uses it and when it goes.

use crate::harness::picture::{gif, jpeg_of_a_phone, png, two_colours, written};
use crate::harness::{PATIENCE, Person, TestApp, text};
use image::codecs::gif::GifDecoder;
use image::{AnimationDecoder, ImageFormat, Rgb, RgbImage};
use reqwest::StatusCode;
use serde_json::{Value, json};
use std::io::Cursor;
use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

const MIB: usize = 1024 * 1024;

/// Everything that is kept on disk.
fn files(app: &TestApp) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![app.app.config.data_dir.join("files")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
        }
    }
    found
}

async fn an_event() -> (TestApp, Person, String, String) {
    let app = TestApp::start().await;
    let olivia = app.organizer().await;
    let event = app.live_event(&olivia, "summit").await;
    let path = format!("/events/{event}/pictures");
    (app, olivia, event, path)
}

async fn bytes_at(person: &Person, address: &Value) -> (String, Vec<u8>) {
    let answer = person.look_at(address.as_str().unwrap()).await;
    assert_eq!(answer.status(), StatusCode::OK, "{address}");
    let media_type = answer.headers()["content-type"].to_str().unwrap().to_owned();
    (media_type, answer.bytes().await.unwrap().to_vec())
}

fn problem(answer: &Value) -> (String, String) {
    let problem = &answer["errors"][0]["extensions"]["problems"][0];
    (text(&problem["field"]), text(&problem["code"]))
}

/// B3: PNG, JPEG, GIF and WebP by content, whatever they are called; with variants that are never larger than what came.
#[tokio::test]
async fn b3_four_formats_are_taken_by_content_and_made_anew() {
    let (_app, olivia, _event, path) = an_event().await;
    for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
        let request = olivia.post(&path).header("x-roundtable", "1").header("content-type", "text/html");
        let answer = request.body(written(two_colours(2_000, 800), format)).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{format:?}");
        let answer: Value = answer.json().await.unwrap();
        let picture = &answer["data"]["uploadPicture"]["picture"];
        assert_eq!((&picture["width"], &picture["height"]), (&json!(2_000), &json!(800)));
        assert_eq!((&picture["isAnimated"], &picture["isSmall"]), (&json!(false), &json!(false)));
        for (size, width, height) in [("full", 1_500, 600), ("card", 800, 320), ("thumb", 400, 160)] {
            let variant = &picture[size];
            assert_eq!((&variant["width"], &variant["height"]), (&json!(width), &json!(height)), "{size}");
            let (media_type, bytes) = bytes_at(&olivia, &variant["url"]).await;
            assert_eq!(media_type, "image/jpeg");
            let image = image::load_from_memory(&bytes).unwrap().into_rgb8();
            assert_eq!(image.dimensions(), (width, height));
            let Rgb([red, _, blue]) = *image.get_pixel(width / 8, height / 2);
            assert!(red > 180 && blue < 80, "the left side is red: {red} {blue}");
        }
    }
}

/// B3: 2 MiB are taken, one byte more is not, with a code of its own and nothing kept.
#[tokio::test]
async fn b3_two_mib_and_one_byte_more() {
    let (app, olivia, _event, path) = an_event().await;
    let mut bytes = png(900, 400);
    bytes.resize(2 * MIB, 0);
    olivia.uploaded(&path, bytes.clone()).await;
    let kept = files(&app).len();
    bytes.push(0);
    let request = olivia.post(&path).header("x-roundtable", "1").body(bytes);
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let answer: Value = answer.json().await.unwrap();
    assert_eq!(problem(&answer), ("picture".into(), "TOO_LONG".into()));
    assert_eq!(answer["errors"][0]["extensions"]["problems"][0]["limit"], 2 * MIB);
    assert_eq!(files(&app).len(), kept);
    // Nobody else on the machine reads them.
    let mode = std::fs::metadata(app.app.config.data_dir.join("files")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o700);
}

/// B3: what is none of the four is refused whatever it is called, and so is what only begins like one.
#[tokio::test]
async fn b3_other_content_is_refused_and_nothing_kept() {
    let (app, olivia, _event, path) = an_event().await;
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let cut = png(900, 400);
    let refused: [(&str, Vec<u8>); 9] = [
        ("nothing", Vec::new()),
        ("SVG", svg.into()),
        ("SVG with a declaration", format!("<?xml version=\"1.0\"?>{svg}").into()),
        ("HTML", "<!doctype html><script>alert(1)</script>".into()),
        ("BMP", b"BM\x1a\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0".to_vec()),
        ("TIFF", b"II*\0\x08\0\0\0\0\0\0\0".to_vec()),
        ("PDF", b"%PDF-1.7\n".to_vec()),
        ("half a PNG", cut[..cut.len() / 2].to_vec()),
        ("the name of a JPEG", b"\xff\xd8\xff\xe0not a picture at all".to_vec()),
    ];
    for (what, bytes) in refused {
        let answer = olivia.upload(&path, bytes).await;
        assert_eq!(problem(&answer), ("picture".into(), "INVALID".into()), "{what}: {answer}");
    }
    assert_eq!(files(&app), Vec::<std::path::PathBuf>::new());
}

/// A PNG whose header says other sides than it has.
fn png_that_says(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = png(10, 10);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let mut crc = u32::MAX;
    for byte in &bytes[12..29] {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    bytes[29..33].copy_from_slice(&(!crc).to_be_bytes());
    bytes
}

/// B3: a few bytes that would unpack to gigabytes are refused by their header; so are animations that are too long.
#[tokio::test]
async fn b3_decompression_bombs_are_refused_before_they_are_unpacked() {
    let mut wide_gif = gif(2, 2, 2);
    wide_gif[6..10].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    // Few bytes of many large images: five of 5,000 × 5,000.
    let mut long_gif = gif(2, 2, 5);
    long_gif[6..10].copy_from_slice(&[0x88, 0x13, 0x88, 0x13]);
    // 32 million grey pixels are a few kB of PNG.
    let mut bytes = Cursor::new(Vec::new());
    image::GrayImage::new(8_000, 4_000).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let bombs = [
        ("60,000 × 60,000", png_that_says(60_000, 60_000)),
        ("one long line", png_that_says(20_000, 10)),
        ("32 million pixels that are really there", bytes.into_inner()),
        ("a GIF's screen", wide_gif),
        ("301 images", gif(1, 1, 301)),
        ("125 million pixels in all", long_gif),
    ];
    let (app, olivia, _event, path) = an_event().await;
    for (what, bytes) in bombs {
        let answer = olivia.upload(&path, bytes).await;
        assert_eq!(problem(&answer), ("picture".into(), "OUT_OF_RANGE".into()), "{what}: {answer}");
    }
    assert_eq!(files(&app), Vec::<std::path::PathBuf>::new());
}

/// B3: a phone's picture stands upright, and says nothing any more of where it was taken.
#[tokio::test]
async fn b3_orientation_is_applied_and_metadata_is_stripped() {
    let (_app, olivia, _event, path) = an_event().await;
    let original = jpeg_of_a_phone(1_200, 600);
    let place = b"48.137N";
    assert!(original.windows(place.len()).any(|window| window == place));
    let picture = olivia.uploaded(&path, original).await;
    assert_eq!((&picture["width"], &picture["height"]), (&json!(600), &json!(1_200)), "turned by a quarter");
    for size in ["full", "card", "thumb"] {
        let (_, bytes) = bytes_at(&olivia, &picture[size]["url"]).await;
        for marker in [place.as_slice(), b"Exif", b"http://ns.adobe.com"] {
            assert!(!bytes.windows(marker.len()).any(|window| window == marker), "{size} says {marker:?}");
        }
        let image = image::load_from_memory(&bytes).unwrap().into_rgb8();
        let (width, height) = image.dimensions();
        // What was on the left is on top.
        let (Rgb([top, _, _]), Rgb([_, _, bottom])) =
            (*image.get_pixel(width / 2, height / 8), *image.get_pixel(width / 2, height * 7 / 8));
        assert!(top > 180 && bottom > 180, "{size}: {top} {bottom}");
    }
}

/// B3: what is hidden behind or inside a picture does not come out again.
#[tokio::test]
async fn b3_what_travels_along_is_left_behind() {
    let (_app, olivia, _event, path) = an_event().await;
    let mut with_script = png(900, 400);
    with_script.extend(b"<script>alert(1)</script>");
    // A comment of a GIF, after its header and palette.
    let mut with_comment = gif(40, 20, 3);
    let end = with_comment.pop().unwrap();
    with_comment.extend(b"\x21\xfe\x08<script>\0");
    with_comment.push(end);
    for bytes in [with_script, with_comment] {
        let picture = olivia.uploaded(&path, bytes).await;
        for size in ["full", "card", "thumb"] {
            let (_, bytes) = bytes_at(&olivia, &picture[size]["url"]).await;
            assert!(!bytes.windows(8).any(|window| window == b"<script>"));
        }
    }
}

/// B3: a GIF keeps moving, and has a still form for who prefers reduced motion.
#[tokio::test]
async fn b3_an_animation_keeps_moving_and_stands_still_on_request() {
    let (_app, olivia, _event, path) = an_event().await;
    for (width, height) in [(400, 200), (1_800, 720)] {
        let picture = olivia.uploaded(&path, gif(width, height, 4)).await;
        assert_eq!(picture["isAnimated"], true);
        for size in ["full", "card", "thumb"] {
            let (media_type, moving) = bytes_at(&olivia, &picture[size]["url"]).await;
            assert_eq!(media_type, "image/gif");
            let frames = GifDecoder::new(Cursor::new(moving)).unwrap().into_frames().collect_frames().unwrap();
            assert_eq!(frames.len(), 4, "{size}");
            assert_eq!(frames[1].delay().numer_denom_ms(), (200, 1));
            let (media_type, still) = bytes_at(&olivia, &picture[size]["stillUrl"]).await;
            assert_eq!(media_type, "image/jpeg");
            image::load_from_memory(&still).unwrap();
        }
    }
}

/// B3: below 800×320 a picture is taken, and said to be small.
#[tokio::test]
async fn b3_a_small_picture_is_taken_with_a_warning() {
    let (_app, olivia, _event, path) = an_event().await;
    for (width, height, small) in [(800, 320, false), (799, 320, true), (800, 319, true), (1, 1, true)] {
        let picture = olivia.uploaded(&path, png(width, height)).await;
        assert_eq!(picture["isSmall"], small, "{width}×{height}");
        assert_eq!(picture["full"]["width"], width, "never made larger");
    }
    // See-through stays so.
    let mut bytes = Cursor::new(Vec::new());
    image::RgbaImage::new(20, 20).write_to(&mut bytes, ImageFormat::Png).unwrap();
    let picture = olivia.uploaded(&path, bytes.into_inner()).await;
    let (media_type, bytes) = bytes_at(&olivia, &picture["card"]["url"]).await;
    assert_eq!(media_type, "image/png");
    assert_eq!(image::load_from_memory(&bytes).unwrap().into_rgba8().get_pixel(3, 3).0[3], 0);
}

/// B3: what is served never changes, is kept by the reader's browser alone, and is taken for nothing but a picture.
#[tokio::test]
async fn b3_pictures_are_served_for_ever_with_their_type() {
    let (_app, olivia, _event, path) = an_event().await;
    let picture = olivia.uploaded(&path, png(900, 400)).await;
    let answer = olivia.look_at(picture["card"]["url"].as_str().unwrap()).await;
    let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("cache-control"), "private, max-age=31536000, immutable");
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("content-type"), "image/jpeg");
    let id = text(&picture["id"]).replace("picture:", "");
    for address in [format!("/pictures/{id}/huge"), format!("/pictures/{id}/..%2Fcard"), "/pictures/x/card".into()] {
        let answer = olivia.look_at(&address).await;
        assert_eq!(answer.status(), StatusCode::NOT_FOUND, "{address}");
    }
    let answer = olivia.look_at(&format!("/pictures/{}/card", "0".repeat(26))).await;
    assert_eq!(
        (answer.status(), &answer.headers()["cache-control"]),
        (StatusCode::NOT_FOUND, &"no-store".parse().unwrap())
    );
}

/// B3: organizers upload to their event, everybody their own picture, and only from pages of ours.
#[tokio::test]
async fn b3_who_may_upload() {
    let (app, olivia, event, path) = an_event().await;
    let ada = app.attendee(&event, "Ada").await;
    let draft = format!("/events/{}/pictures", app.draft_event(&olivia, "draft", (0, 60)).await);
    let status = async |person: &Person, path: &str| {
        let request = person.post(path).header("x-roundtable", "1").body(png(10, 10));
        request.send().await.unwrap().status()
    };
    let from_elsewhere = olivia.post(&path).body(png(10, 10)).send().await.unwrap();
    assert_eq!(from_elsewhere.status(), StatusCode::FORBIDDEN, "a form of another site");
    assert_eq!(status(&app.stranger(), &path).await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&app.stranger(), "/pictures").await, StatusCode::UNAUTHORIZED);
    assert_eq!(status(&ada, &path).await, StatusCode::FORBIDDEN);
    assert_eq!(status(&ada, &draft).await, StatusCode::NOT_FOUND);
    assert_eq!(status(&olivia, "/events/event:x/pictures").await, StatusCode::NOT_FOUND);
    assert_eq!(files(&app), Vec::<std::path::PathBuf>::new());
    assert_eq!(status(&olivia, &path).await, StatusCode::OK);
    assert_eq!(status(&ada, "/pictures").await, StatusCode::OK);
}

const SESSION: &str =
    "query($id: ID!) { session(id: $id) { version pictureAlt picture { id isAnimated card { url } } } }";
const UPDATE: &str = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) {
    session { pictureAlt picture { id } } } }";

/// B3: a session's cover with its alternate text, set, kept, taken away, and told to who watches the list.
#[tokio::test]
async fn b3_the_cover_of_a_session() {
    let (app, olivia, event, _path) = an_event().await;
    let ada = app.attendee(&event, "Ada").await;
    let picture = olivia.picture(&event).await;
    let session = olivia.session(&event, "Tea", json!({ "pictureId": picture, "pictureAlt": "Two cups" })).await;
    let seen = ada.ok(SESSION, json!({ "id": session })).await;
    assert_eq!(
        (&seen["session"]["picture"]["id"], &seen["session"]["pictureAlt"]),
        (&json!(picture), &json!("Two cups"))
    );
    let list = "{ event(slug: \"summit\") { sessions { nodes { picture { id } } } } }";
    assert_eq!(ada.ok(list, json!({})).await["event"]["sessions"]["nodes"][0]["picture"]["id"], json!(picture));

    let mut socket = ada.socket().await;
    let changed = "subscription($event: ID!) { sessionChanged(eventId: $event) { session { picture { id } } } }";
    socket.subscribe("1", changed, json!({ "event": event })).await;
    let topic = api::feed::Topic::Event(api::ids::Id::parse(&event).unwrap());
    app.wait_for_listeners(topic, 1).await;
    let other = olivia.picture(&event).await;
    olivia.ok(UPDATE, json!({ "input": { "id": session, "pictureId": other } })).await;
    assert_eq!(socket.data("1").await["sessionChanged"]["session"]["picture"]["id"], json!(other));
    olivia.update_session(&session, json!({ "title": "Coffee" })).await;
    assert_eq!(ada.ok(SESSION, json!({ "id": session })).await["session"]["picture"]["id"], json!(other), "it stays");
    let gone = olivia.ok(UPDATE, json!({ "input": { "id": session, "pictureId": null, "pictureAlt": "" } })).await;
    assert_eq!(gone["updateSession"]["session"], json!({ "pictureAlt": "", "picture": null }));
}

/// B3: alternate text has 140 characters at the most; a picture of another event, or of nobody, is no cover here.
#[tokio::test]
async fn b3_what_is_no_cover() {
    let (app, olivia, event, _path) = an_event().await;
    let other = app.live_event(&olivia, "other").await;
    let session = olivia.session(&event, "Tea", json!({})).await;
    let of_other = olivia.picture(&other).await;
    let own = text(&olivia.uploaded("/pictures", png(300, 300)).await["id"]);
    let nobodys = format!("picture:{}", "0".repeat(26));
    for picture in [of_other.as_str(), &own, &nobodys, "picture:x", ""] {
        let input = json!({ "input": { "id": session, "pictureId": picture } });
        assert_eq!(olivia.problems(UPDATE, input).await, [("pictureId".into(), "NOT_FOUND".into())], "{picture}");
    }
    let input = |count| json!({ "input": { "id": session, "pictureAlt": "ü".repeat(count) } });
    olivia.ok(UPDATE, input(140)).await;
    assert_eq!(olivia.problems(UPDATE, input(141)).await, [("pictureAlt".into(), "TOO_LONG".into())]);
    let event_update =
        "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { picture { id } } } }";
    let input = json!({ "input": { "id": event, "pictureId": of_other } });
    assert_eq!(olivia.problems(event_update, input).await, [("pictureId".into(), "NOT_FOUND".into())]);
}

/// A3: an event's cover, for everybody who sees the event: of a draft, organizers only.
#[tokio::test]
async fn a3_the_cover_of_an_event() {
    let (app, olivia, event, _path) = an_event().await;
    let draft = app.draft_event(&olivia, "draft", (0, 60)).await;
    let update =
        "mutation($input: UpdateEventInput!) { updateEvent(input: $input) { event { picture { card { url } } } } }";
    for (event, seen) in [(event, StatusCode::OK), (draft, StatusCode::NOT_FOUND)] {
        let input = json!({ "input": { "id": event, "pictureId": olivia.picture(&event).await } });
        let updated = olivia.ok(update, input).await;
        let url = text(&updated["updateEvent"]["event"]["picture"]["card"]["url"]);
        assert_eq!(app.stranger().look_at(&url).await.status(), seen);
        assert_eq!(olivia.look_at(&url).await.status(), StatusCode::OK);
    }
}

/// B2: pictures in additional information are the event's own uploads, whoever of its organizers uploaded them.
#[tokio::test]
async fn b2_pictures_in_text_are_uploads_to_the_event() {
    let (app, olivia, event, _path) = an_event().await;
    let other = app.live_event(&olivia, "other").await;
    let session = olivia.session(&event, "Tea", json!({})).await;
    let html = |id: &str| format!("<p><img src=\"/pictures/{}/full\" alt=\"Cup\"></p>", id.replace("picture:", ""));
    let (own, foreign) = (olivia.picture(&event).await, olivia.picture(&other).await);
    let update = "mutation($input: UpdateSessionInput!) { updateSession(input: $input) { session { id } } }";
    let input = |html: String| json!({ "input": { "id": session, "additionalInformation": html } });
    olivia.ok(update, input(html(&own))).await;
    for id in [foreign, format!("picture:{}", "0".repeat(26))] {
        let expected = [("additionalInformation".to_owned(), "NOT_FOUND".to_owned())];
        assert_eq!(olivia.problems(update, input(html(&own) + &html(&id))).await, expected);
    }
    let ada = app.attendee(&event, "Ada").await;
    let url = format!("/pictures/{}/full", own.replace("picture:", ""));
    assert_eq!(ada.look_at(&url).await.status(), StatusCode::OK);
    assert_eq!(app.stranger().look_at(&url).await.status(), StatusCode::NOT_FOUND, "text is not part of a preview");
    olivia.ok(update, input("<p>No cup</p>".into())).await;
    assert_eq!(ada.look_at(&url).await.status(), StatusCode::NOT_FOUND);
    // Twenty are allowed, one more is not.
    let mut many = String::new();
    for _ in 0..20 {
        many += &html(&olivia.picture(&event).await);
    }
    olivia.ok(update, input(many.clone())).await;
    let expected = [("additionalInformation".to_owned(), "OUT_OF_RANGE".to_owned())];
    assert_eq!(olivia.problems(update, input(many + &html(&own))).await, expected);
}

/// A8: everybody has a picture of their own, which those who are signed in see.
#[tokio::test]
async fn a8_a_persons_own_picture() {
    let (app, _olivia, event, _path) = an_event().await;
    let (ada, bob) = (app.attendee(&event, "Ada").await, app.attendee(&event, "Bob").await);
    let picture = ada.uploaded("/pictures", png(300, 300)).await;
    let url = text(&picture["thumb"]["url"]);
    let update = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) {
        account { name headline picture { id } } } }";
    assert_eq!(bob.look_at(&url).await.status(), StatusCode::NOT_FOUND, "before it is used");
    let taken = json!({ "input": { "pictureId": picture["id"] } });
    assert_eq!(bob.problems(update, taken.clone()).await, [("pictureId".into(), "NOT_FOUND".into())]);
    assert_eq!(ada.ok(update, taken).await["updateProfile"]["account"]["picture"]["id"], picture["id"]);
    assert_eq!(bob.look_at(&url).await.status(), StatusCode::OK);
    assert_eq!(app.stranger().look_at(&url).await.status(), StatusCode::NOT_FOUND);
}

/// What nothing shows goes after a day, with its files; what is shown stays.
#[tokio::test]
async fn b3_unused_uploads_are_tidied() {
    let (app, olivia, event, path) = an_event().await;
    let unused = olivia.uploaded(&path, png(900, 400)).await;
    let (cover, replaced) = (olivia.picture(&event).await, olivia.picture(&event).await);
    let session = olivia.session(&event, "Tea", json!({ "pictureId": replaced })).await;
    olivia.update_session(&session, json!({ "pictureId": cover })).await;
    let of = |id: &str| format!("/pictures/{}/card", id.replace("picture:", ""));
    let gone = async |address: &str| {
        let tidied = async {
            while olivia.look_at(address).await.status() != StatusCode::NOT_FOUND {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
        };
        tokio::time::timeout(PATIENCE, tidied).await.expect("it is still there");
    };
    app.advance(23 * 3600);
    assert_eq!(olivia.look_at(unused["card"]["url"].as_str().unwrap()).await.status(), StatusCode::OK);
    app.advance(2 * 3600);
    gone(unused["card"]["url"].as_str().unwrap()).await;
    app.advance(25 * 3600);
    gone(&of(&replaced)).await;
    assert_eq!(olivia.look_at(&of(&cover)).await.status(), StatusCode::OK);
    let only = async {
        while files(&app).len() > 3 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(PATIENCE, only).await.expect("files are left");
    // Their addresses are not to be used any more either.
    let input = json!({ "input": { "id": session, "pictureId": replaced } });
    assert_eq!(olivia.problems(UPDATE, input).await, [("pictureId".into(), "NOT_FOUND".into())]);
}

/// B3: many at once wait for each other, and all come through.
#[tokio::test]
async fn b3_many_uploads_at_once() {
    let (_app, olivia, _event, path) = an_event().await;
    let picture =
        written(RgbImage::from_fn(1_600, 900, |x, y| Rgb([(x % 251) as u8, (y % 251) as u8, 9])), ImageFormat::Jpeg);
    let uploads = (0..8).map(|_| olivia.uploaded(&path, picture.clone()));
    assert_eq!(futures_util::future::join_all(uploads).await.len(), 8);
}
