//! Queries and mutations over HTTP, with the login's cookie.

use super::failure::{Failure, data, read};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, Headers, Request, RequestCredentials, RequestInit, Response};

/// Milliseconds for an answer; the server itself gives up on its database after five seconds.
const TIMEOUT_MS: u32 = 20_000;

/// Sends one operation and reads its data.
pub async fn send<Data, Variables>(operation: cynic::Operation<Data, Variables>) -> Result<Data, Failure>
where
    Data: DeserializeOwned,
    Variables: Serialize,
{
    let body = serde_json::to_string(&operation).map_err(|_| Failure::Garbled)?;
    let answer = post(body).await.map_err(|_| Failure::Offline)?;
    read(&answer)
}

/// An operation on its way of which only that it is done is of interest.
pub type Told = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// Sends one operation without reading its data.
pub fn tell<Data, Variables: Serialize>(operation: cynic::Operation<Data, Variables>) -> Told {
    done(serde_json::to_string(&operation))
}

fn done(body: serde_json::Result<String>) -> Told {
    Box::pin(async move {
        let answer = post(body.map_err(|_| Failure::Garbled)?).await.map_err(|_| Failure::Offline)?;
        data(&answer).map(drop)
    })
}

/// Boxed: else the code for it would be there once for every operation.
fn post(body: String) -> Pin<Box<dyn Future<Output = Result<String, JsValue>>>> {
    Box::pin(async move {
        let headers = Headers::new()?;
        headers.set("content-type", "application/json")?;
        headers.set("accept", "application/graphql-response+json")?;
        let options = RequestInit::new();
        options.set_method("POST");
        options.set_credentials(RequestCredentials::SameOrigin);
        options.set_headers(&headers);
        options.set_body(&JsValue::from_str(&body));
        // A network that swallows everything must not leave a page waiting for ever.
        options.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
        let request = Request::new_with_str_and_init("/graphql", &options)?;
        let response: Response =
            JsFuture::from(crate::browser::window().fetch_with_request(&request)).await?.unchecked_into();
        let text = JsFuture::from(response.text()?).await?;
        Ok(text.as_string().unwrap_or_default())
    })
}
