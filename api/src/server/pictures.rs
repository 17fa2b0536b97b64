//! Pictures go as they are: in as a file whatever it is called, out under an address that never changes (B3).

use super::State;
use super::files::{OWN, event, refuse};
use crate::auth;
use crate::error::{Error, Result};
use crate::ids::{Id, PictureId};
use crate::limits;
use crate::model::picture::Picture;
use crate::ops;
use crate::ops::picture::Purpose;
use crate::picture::{self, Refusal, Size, Variant};
use actix_web::http::header::{self, HeaderValue};
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse, rt};
use serde_json::{Value, json};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

/// `POST /events/{id}/pictures`: a cover, or a picture of additional information, for organizers; a cover for who may make a
/// session of their own.
pub async fn upload_to_event(
    request: HttpRequest,
    body: Payload,
    id: Path<String>,
    state: Data<State>,
) -> HttpResponse {
    match event(&id) {
        Ok(event) => upload(request, body, state, Purpose::Event(event)).await,
        Err(error) => refuse(error),
    }
}

/// `POST /pictures`: the caller's own picture.
pub async fn upload_own(request: HttpRequest, body: Payload, state: Data<State>) -> HttpResponse {
    upload(request, body, state, Purpose::Own).await
}

async fn upload(request: HttpRequest, body: Payload, state: Data<State>, purpose: Purpose) -> HttpResponse {
    if !request.headers().contains_key(OWN) {
        return refuse(Error::Forbidden("Send the header x-roundtable: 1."));
    }
    let (app, from) = (Arc::clone(&state.app), auth::address(&state.app, &request));
    // Before the body: nobody who is not signed in makes us wait for one.
    let admitted = async {
        let caller = auth::caller(&app, &request).await?;
        app.rates.write(&caller.account()?.id.to_string(), from, NonZeroU32::MIN)?;
        Ok(caller)
    };
    let caller = match admitted.await {
        Ok(caller) => caller,
        Err(error) => return refuse(error),
    };
    let bytes = match read(body).await {
        Ok(bytes) => bytes,
        Err(error) => return refuse(error),
    };
    // It goes on when its client is gone, so that it is always undone or done.
    let uploaded = rt::spawn(async move { ops::picture::upload(&app, &caller, purpose, bytes).await });
    match uploaded.await {
        Ok(Ok(picture)) => {
            HttpResponse::Ok().json(json!({ "data": { "uploadPicture": { "picture": written(&picture) } } }))
        }
        Ok(Err(error)) => refuse(error),
        Err(_panic) => refuse(Error::Internal),
    }
}

async fn read(body: Payload) -> Result<Vec<u8>> {
    let patience = Duration::from_secs(limits::UPLOAD_SECONDS);
    match tokio::time::timeout(patience, body.to_bytes_limited(limits::PICTURE_BYTES)).await {
        Ok(Ok(Ok(bytes))) => Ok(bytes.to_vec()),
        Ok(Ok(Err(_))) | Err(_) => Err(Refusal::Broken.problem().into()),
        Ok(Err(_larger)) => Err(Refusal::TooManyBytes.problem().into()),
    }
}

/// As `Picture` of the schema says it.
fn written(picture: &Picture) -> Value {
    let (width, height) = (picture.width.unsigned_abs(), picture.height.unsigned_abs());
    let variant = |size: Size| {
        let url = |still| picture.address(Variant { size, still });
        let (width, height) = size.of(width, height);
        json!({ "url": url(false), "stillUrl": url(true), "width": width, "height": height })
    };
    json!({
        "id": picture.id.to_string(), "width": width, "height": height, "isAnimated": picture.animated,
        "isSmall": picture::is_small(width, height),
        "full": variant(Size::Full), "card": variant(Size::Card), "thumb": variant(Size::Thumb),
    })
}

/// `GET /pictures/{id}/{variant}`, for who may see what shows the picture. Kept by their browser for ever, and by nobody in
/// between: its neighbour may not be allowed to see it.
pub async fn show(request: HttpRequest, path: Path<(String, String)>, state: Data<State>) -> HttpResponse {
    let (id, variant) = path.into_inner();
    let missing = || Error::NotFound("picture");
    let opened = async {
        let id = PictureId::parse(&format!("picture:{id}")).ok_or_else(missing)?;
        let variant = Variant::parse(&variant).ok_or_else(missing)?;
        let caller = auth::caller(&state.app, &request).await?;
        ops::picture::open(&state.app, &caller, id, variant).await
    };
    match opened.await {
        Ok((media_type, bytes)) => HttpResponse::Ok()
            .content_type(media_type.as_str())
            .insert_header((header::CACHE_CONTROL, "private, max-age=31536000, immutable"))
            .insert_header(("cross-origin-resource-policy", "same-origin"))
            .body(bytes),
        Err(error) => {
            let mut refused = refuse(error);
            // It may be theirs to see from the next moment on.
            refused.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
            refused
        }
    }
}
