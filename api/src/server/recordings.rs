//! Recordings go as they are: in from media, out to whoever may watch them, from whatever place on (K5, K8).

use super::{State, bearer, is_same_secret};
use crate::auth;
use crate::error::{Error, Result};
use crate::ids::{Id, RecordingId};
use crate::limits;
use crate::ops::recording::file::{self, Film, Opened, Outcome};
use crate::server::files::refuse;
use actix_web::body::SizedStream;
use actix_web::http::header::{
    self, ByteRangeSpec, Charset, ContentDisposition, DispositionParam, DispositionType, EntityTag, ExtendedValue,
    Header, IfRange, Range as RangeHeader,
};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{Bytes, Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, HttpResponseBuilder, rt};
use futures_util::stream;
use protocol::pass::key;
use protocol::recording::LENGTH_HEADER;
use std::ops::Range;
use std::sync::Arc;

const MISSING: Error = Error::NotFound("recording");

fn parsed(id: &str) -> Result<RecordingId> {
    RecordingId::parse(&format!("{}:{id}", RecordingId::PREFIX)).ok_or(MISSING)
}

/// `PUT /media/recordings/{id}`, with the link secret as bearer: the file of a block. 200 once it is safe, 410 where nobody needs it
/// any more; whatever else it is, media tries again.
pub async fn receive(request: HttpRequest, body: Payload, id: Path<String>, state: Data<State>) -> HttpResponse {
    let expected = key(&state.app.config.secret, "link");
    if !bearer(&request).is_some_and(|given| is_same_secret(given, &expected)) {
        return HttpResponse::Unauthorized().finish();
    }
    let bytes = request.headers().get(header::CONTENT_LENGTH).and_then(|bytes| bytes.to_str().ok()?.parse().ok());
    let Some(bytes): Option<u64> = bytes else { return HttpResponse::LengthRequired().finish() };
    let length = request.headers().get(LENGTH_HEADER).and_then(|length| length.to_str().ok()?.parse().ok());
    if bytes > limits::RECORDING_BYTES {
        return HttpResponse::PayloadTooLarge().finish();
    }
    let id = match parsed(&id) {
        Ok(id) => id,
        Err(error) => return refuse(error),
    };
    let app = Arc::clone(&state.app);
    // It goes on when its client is gone, so that what has come is tidied up.
    let stored = rt::spawn(async move { file::store(&app, id, Film { bytes, length }, body).await });
    match stored.await {
        Ok(Ok(Outcome::Kept)) => HttpResponse::Ok().finish(),
        Ok(Ok(Outcome::Deleted)) => HttpResponse::Gone().finish(),
        Ok(Ok(Outcome::Broken)) => HttpResponse::BadRequest().finish(),
        Ok(Err(error)) => refuse(error),
        Err(_panic) => refuse(Error::Internal),
    }
}

/// `GET /recordings/{id}.mp4`, for who may watch it: all of it, or a part. Kept by nobody: they may lose that right. `?download=1`
/// has browsers save it.
pub async fn show(request: HttpRequest, id: Path<String>, state: Data<State>) -> HttpResponse {
    let opened = async {
        let id = parsed(&id)?;
        let caller = auth::caller(&state.app, &request).await?;
        file::open(&state.app, &caller, id).await
    };
    let opened = match opened.await {
        Ok(opened) => opened,
        Err(error) => {
            let mut refused = refuse(error);
            refused.headers_mut().insert(header::CACHE_CONTROL, header::HeaderValue::from_static("no-store"));
            return refused;
        }
    };
    let tag = EntityTag::new_strong(opened.id.bare().to_owned());
    let wanted = wanted(&request, &tag, opened.bytes);
    let (mut response, range) = match wanted {
        Wanted::All => (HttpResponse::Ok(), 0..opened.bytes),
        Wanted::Part(range) => {
            let mut response = HttpResponse::PartialContent();
            let part = format!("bytes {}-{}/{}", range.start, range.end - 1, opened.bytes);
            response.insert_header((header::CONTENT_RANGE, part));
            (response, range)
        }
        Wanted::Nothing => {
            let mut response = HttpResponse::build(StatusCode::RANGE_NOT_SATISFIABLE);
            response.insert_header((header::CONTENT_RANGE, format!("bytes */{}", opened.bytes)));
            return with_headers(&mut response, tag).finish();
        }
    };
    if request.query_string().split('&').any(|pair| pair == "download=1") {
        response.insert_header(saved_as(&opened.name));
    }
    with_headers(&mut response, tag).content_type("video/mp4");
    if request.method() == Method::HEAD {
        return response.body(SizedStream::new(range.end - range.start, stream::empty::<std::io::Result<Bytes>>()));
    }
    send(response, opened, range, &state).await
}

/// The name as browsers read it, and one in plain letters for other programs.
fn saved_as(name: &str) -> ContentDisposition {
    let plain = name.chars().map(|c| if c.is_ascii() { c } else { '_' }).collect();
    let value = name.as_bytes().to_vec();
    let whole = ExtendedValue { charset: Charset::Ext("UTF-8".into()), language_tag: None, value };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![DispositionParam::Filename(plain), DispositionParam::FilenameExt(whole)],
    }
}

fn with_headers(response: &mut HttpResponseBuilder, tag: EntityTag) -> &mut HttpResponseBuilder {
    response
        .insert_header((header::ACCEPT_RANGES, "bytes"))
        .insert_header((header::ETAG, tag.to_string()))
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header(("cross-origin-resource-policy", "same-origin"))
}

async fn send(mut response: HttpResponseBuilder, opened: Opened, range: Range<u64>, state: &State) -> HttpResponse {
    let length = range.end - range.start;
    let reading = match opened.read(Arc::clone(&state.app), range).await {
        Ok(reading) => reading,
        Err(error) => return refuse(error),
    };
    let pieces = stream::unfold(reading, |mut reading| async move {
        // The connection ends with it: there is no other way to say so in the middle of a file.
        let piece = reading.next().await?.map_err(|error| std::io::Error::other(error.code()));
        Some((piece, reading))
    });
    response.body(SizedStream::new(length, Box::pin(pieces)))
}

/// What of a file is wanted.
#[derive(Debug, PartialEq)]
enum Wanted {
    All,
    Part(Range<u64>),
    /// What it does not have.
    Nothing,
}

/// Of several parts at once all of it is given: players and downloads ask for one.
fn wanted(request: &HttpRequest, tag: &EntityTag, bytes: u64) -> Wanted {
    if request.method() != Method::GET || !request.headers().contains_key(header::RANGE) {
        return Wanted::All;
    }
    // A part of what it was is of no use with parts of what it is.
    if request.headers().contains_key(header::IF_RANGE)
        && !matches!(IfRange::parse(request), Ok(IfRange::EntityTag(given)) if given.strong_eq(tag))
    {
        return Wanted::All;
    }
    match RangeHeader::parse(request) {
        Ok(RangeHeader::Bytes(parts)) => match parts[..] {
            [ref part] => part_of(part, bytes),
            _ => Wanted::All,
        },
        _ => Wanted::All,
    }
}

fn part_of(part: &ByteRangeSpec, bytes: u64) -> Wanted {
    match part.to_satisfiable_range(bytes) {
        Some((first, last)) => Wanted::Part(first..last + 1),
        None => Wanted::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    /// K5: what players and downloads ask for.
    #[test]
    fn k5_a_part_of_a_file_is_what_was_asked_for() {
        let tag = EntityTag::new_strong("now".into());
        let asked = |headers: &[(&'static str, &'static str)]| {
            let request = headers.iter().fold(TestRequest::get(), |request, header| request.insert_header(*header));
            wanted(&request.to_http_request(), &tag, 100)
        };
        let of = |range| asked(&[("range", range)]);
        assert_eq!(asked(&[]), Wanted::All);
        assert_eq!(of("bytes=0-"), Wanted::Part(0..100));
        assert_eq!(of("bytes=10-19"), Wanted::Part(10..20));
        assert_eq!(of("bytes=90-500"), Wanted::Part(90..100));
        assert_eq!(of("bytes=-5"), Wanted::Part(95..100));
        assert_eq!(of("bytes=-500"), Wanted::Part(0..100));
        for none in ["bytes=100-", "bytes=100-200", "bytes=-0"] {
            assert_eq!(of(none), Wanted::Nothing, "{none}");
        }
        for other in ["bytes=0-1,5-6", "lines=1-2", "bytes=b-a", "bytes="] {
            assert_eq!(of(other), Wanted::All, "{other}");
        }
        assert_eq!(asked(&[("range", "bytes=1-2"), ("if-range", "\"now\"")]), Wanted::Part(1..3));
        for before in ["\"then\"", "W/\"now\"", "Wed, 21 Oct 2015 07:28:00 GMT"] {
            assert_eq!(asked(&[("range", "bytes=1-2"), ("if-range", before)]), Wanted::All, "{before}");
        }
    }
}
