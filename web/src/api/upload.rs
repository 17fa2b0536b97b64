//! Sending files, with how far that is.

use super::failure::{Code, Failure, Problem, ProblemCode, read};
use super::picture::{Picture, Uploaded};
use serde::de::DeserializeOwned;
use wasm_bindgen::closure::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

/// Bytes that a picture has at the most (B3); the server checks it too.
const BYTES: f64 = 2.0 * 1024.0 * 1024.0;

/// Milliseconds for a file with what the server makes of it: thousands of lines take it a while.
const TIMEOUT_MS: u32 = 120_000;

/// Uploads a picture; `progress` hears of the part that was sent, from 0 to 1. `fetch` does not tell that.
pub async fn picture(address: &str, file: &File, progress: impl Fn(f64) + 'static) -> Result<Picture, Failure> {
    // Not sent for nothing.
    if file.size() > BYTES {
        return Err(too_large());
    }
    let answer = post(address, file, progress).await.map_err(|_| Failure::Offline)?;
    read::<Uploaded>(&answer).map(|done| done.upload_picture.picture)
}

/// Posts a file as it is and reads the data of the answer; `progress` as above.
pub async fn file<Data: DeserializeOwned>(
    address: &str,
    file: &File,
    progress: impl Fn(f64) + 'static,
) -> Result<Data, Failure> {
    let answer = post(address, file, progress).await.map_err(|_| Failure::Offline)?;
    read(&answer)
}

fn too_large() -> Failure {
    let problem = Problem::found("picture", ProblemCode::TooLong);
    Failure::Refused { code: Code::InvalidInput, problems: vec![problem] }
}

async fn post(address: &str, file: &File, progress: impl Fn(f64) + 'static) -> Result<String, JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open("POST", address)?;
    request.set_timeout(TIMEOUT_MS);
    // No form of another site can send it.
    request.set_request_header("x-roundtable", "1")?;
    let sent = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
        if event.length_computable() {
            progress(event.loaded() / event.total().max(1.0));
        }
    });
    request.upload()?.set_onprogress(Some(sent.as_ref().unchecked_ref()));
    let ended = js_sys::Promise::new(&mut |resolve, _reject| request.set_onloadend(Some(&resolve)));
    request.send_with_opt_blob(Some(file))?;
    JsFuture::from(ended).await?;
    // None at all: the network, or the time.
    if request.status()? == 0 {
        return Err(JsValue::NULL);
    }
    Ok(request.response_text()?.unwrap_or_default())
}
