//! A person as a small round picture: their own, or initials on a colour that stays theirs.

use super::picture::{PictureSize, UploadedPicture};
use crate::api::picture::Picture;
use crate::state::person;
use leptos::prelude::*;

/// `size` is a class: `small`, `medium` or `large`.
#[component]
pub fn Avatar(
    #[prop(into)] name: Signal<String>,
    #[prop(optional, into)] size: Option<String>,
    /// The person's own picture, if they have one.
    #[prop(optional, into)]
    picture: MaybeProp<Picture>,
) -> impl IntoView {
    let class = move || format!("avatar {} hue-{}", size.as_deref().unwrap_or("medium"), person::hue(&name.get()));
    view! {
        <span class=class aria-hidden="true">
            {move || match picture.get() {
                Some(picture) => view! { <UploadedPicture picture size=PictureSize::Card/> }.into_any(),
                None => person::initials(&name.get()).into_any(),
            }}
        </span>
    }
}
