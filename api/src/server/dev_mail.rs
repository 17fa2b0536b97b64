//! The mails that development does not send, as pages: a list, and one mail with the link in it.
//!
//! They hold what signs people in. So there is no such page in production or when mail is sent, and only this machine
//! gets it.

use super::{State, is_from_here, pages};
use crate::config::MailRoute;
use crate::ids::{Id, MailId};
use crate::model::mail::Mail;
use crate::ops;
use actix_web::http::header;
use actix_web::web::{Data, Path};
use actix_web::{HttpRequest, HttpResponse};
use std::fmt::Write;
use std::net::Ipv4Addr;

/// The newest mails, newest first.
pub async fn list(request: HttpRequest, state: Data<State>) -> HttpResponse {
    if !is_shown(&request, &state) {
        return pages::serve(request, state).await;
    }
    let Ok(mails) = ops::mail::latest(&state.app).await else { return HttpResponse::ServiceUnavailable().finish() };
    let mut rows = String::new();
    for mail in &mails {
        let (id, subject, to) = (mail.id.bare(), escaped(&mail.subject), escaped(&mail.recipient));
        let at = mail.created_at.utc().format("%Y-%m-%d %H:%M:%S UTC");
        // Writing to a string does not fail.
        let _ = writeln!(rows, "<li><a href=\"/dev/mail/{id}\">{subject}</a> to {to}, {at}</li>");
    }
    let list = if rows.is_empty() { "<p>No mail yet.</p>".to_owned() } else { format!("<ol>{rows}</ol>") };
    page(
        "Mail",
        &format!("<p>In development, mails are not sent but kept here, and as files in the data folder.</p>{list}"),
    )
}

/// One mail.
pub async fn one(request: HttpRequest, state: Data<State>, id: Path<String>) -> HttpResponse {
    if !is_shown(&request, &state) {
        return pages::serve(request, state).await;
    }
    let found = match MailId::parse(&format!("{}:{id}", MailId::PREFIX)) {
        Some(id) => ops::mail::with_token(&state.app, id).await,
        None => Ok(None),
    };
    match found {
        Ok(Some((mail, body))) => page(&mail.subject, &shown(&mail, &body)),
        Ok(None) => HttpResponse::NotFound().content_type("text/plain").body("no such mail"),
        Err(_) => HttpResponse::ServiceUnavailable().finish(),
    }
}

fn is_shown(request: &HttpRequest, state: &State) -> bool {
    matches!(state.app.config.mail, MailRoute::Folder(_)) && is_from_here(&state.app, request) && names_here(request)
}

/// Whether the address that was asked for names this machine: otherwise any site's page could have its name lead here, and
/// read mails through the browser of somebody who develops.
fn names_here(request: &HttpRequest) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let name = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    name == "localhost" || name == "[::1]" || name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

fn shown(mail: &Mail, body: &str) -> String {
    let lines: Vec<String> = body.lines().map(line).collect();
    format!(
        "<p>To {}</p><article>{}</article><p><a href=\"/dev/mail\">All mails</a></p>",
        escaped(&mail.recipient),
        lines.join("<br>\n")
    )
}

/// With its addresses as links.
fn line(text: &str) -> String {
    let words: Vec<String> = text
        .split(' ')
        .map(|word| {
            let address = word.trim_end_matches([':', '.', ',']);
            let (shown, rest) = (escaped(address), escaped(&word[address.len()..]));
            if address.starts_with("http://") || address.starts_with("https://") {
                format!("<a href=\"{shown}\">{shown}</a>{rest}")
            } else {
                format!("{shown}{rest}")
            }
        })
        .collect();
    words.join(" ")
}

fn page(title: &str, content: &str) -> HttpResponse {
    let title = escaped(title);
    let html = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}</title><link rel=\"icon\" href=\"data:,\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"></head>\
         <body><main><h1>{title}</h1>{content}</main></body></html>\n"
    );
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(html)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}
