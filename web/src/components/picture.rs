//! A picture that somebody uploaded: moving, or standing still for who prefers reduced motion (B3).

use crate::api::picture::{Picture, PictureVariant};
use leptos::prelude::*;

/// How large it is shown.
#[derive(Clone, Copy, PartialEq)]
pub enum PictureSize {
    Full,
    Card,
}

/// Fills what is around it. Empty alternate text means that it decorates only.
#[component]
pub fn UploadedPicture(picture: Picture, size: PictureSize, #[prop(optional, into)] alt: String) -> impl IntoView {
    let variant = match size {
        PictureSize::Full => picture.full,
        PictureSize::Card => picture.card,
    };
    view! { <ShownPicture variant is_animated=picture.is_animated alt/> }
}

/// The same, where one size of it is all that is known.
#[component]
pub fn ShownPicture(variant: PictureVariant, is_animated: bool, #[prop(optional, into)] alt: String) -> impl IntoView {
    let still = is_animated.then_some(variant.still_url);
    view! {
        <picture class="uploaded">
            {still.map(|still| view! { <source media="(prefers-reduced-motion: reduce)" srcset=still/> })}
            <img src=variant.url alt=alt loading="lazy" decoding="async"/>
        </picture>
    }
}
