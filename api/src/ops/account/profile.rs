//! What a person says of themselves (A8).

use crate::access::Caller;
use crate::app::App;
use crate::error::{Error, Result};
use crate::ids::PictureId;
use crate::limits;
use crate::model;
use crate::model::account::{Account, Patch};
use crate::ops;
use crate::validate::{Code, Problem, Problems};

/// What to change; `None` leaves a field as it is.
#[derive(Default)]
pub struct ProfilePatch {
    pub name: Option<String>,
    pub headline: Option<String>,
    /// `Some(None)` takes it away.
    pub picture: Option<Option<PictureId>>,
}

/// Changes the caller's own profile.
pub async fn update(app: &App, caller: &Caller, input: ProfilePatch) -> Result<Account> {
    caller.account()?;
    let mut problems = Problems::default();
    let patch = Patch {
        name: input.name.map(|name| problems.line("name", &name, limits::PERSON_NAME)),
        headline: input.headline.map(|text| problems.line("headline", &text, limits::HEADLINE)),
        picture_id: input.picture,
    };
    problems.finish()?;
    let named = patch.name.is_some();
    let (caller, now) = (caller.clone(), app.clock.now());
    let account = app
        .db
        .write(move |conn| {
            let id = super::again(conn, &caller, now)?.account()?.id;
            if let Some(Some(picture)) = patch.picture_id
                && !model::picture::keep_own(conn, id, picture)?
            {
                let message = "There is no such picture of yours. Upload it again.";
                return Err(Problem::new("pictureId", Code::NotFound, message).into());
            }
            model::account::update(conn, id, &patch)?;
            model::account::find(conn, id)?.ok_or(Error::Unauthenticated)
        })
        .await?;
    if named {
        ops::room::people::renamed(app, account.id, &account.name).await;
    }
    Ok(account)
}
