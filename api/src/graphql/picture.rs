//! Pictures in GraphQL. They come in by HTTP: `POST /events/{id}/pictures` and `POST /pictures`.

use crate::error::Error;
use crate::ids::{Id, PictureId};
use crate::model;
use crate::picture::{self, Size, Variant};
use crate::validate::{Code, Problem};
use async_graphql::{ID, MaybeUndefined, Object, SimpleObject};
use std::sync::Arc;

pub(super) struct Picture(pub Arc<model::picture::Picture>);

/// A picture that was uploaded, made anew without anything that said where or when it was taken. The file is the body of
/// `POST /events/ID/pictures` (by organizers, and by who may make a session of their own there) or of `POST /pictures` (for
/// one's own account), with the header `x-roundtable: 1`; the answer has it at `data.uploadPicture.picture`.
#[Object]
impl Picture {
    /// Its id.
    async fn id(&self) -> ID {
        ID(self.0.id.to_string())
    }

    /// Pixels from left to right, as it came.
    async fn width(&self) -> i32 {
        self.0.width
    }

    /// Pixels from top to bottom, as it came.
    async fn height(&self) -> i32 {
        self.0.height
    }

    /// Whether it moves. Show the still form of it to who prefers reduced motion.
    async fn is_animated(&self) -> bool {
        self.0.animated
    }

    /// Whether it is smaller than 800×320, so that it will not look good as a cover.
    async fn is_small(&self) -> bool {
        picture::is_small(self.0.width.unsigned_abs(), self.0.height.unsigned_abs())
    }

    /// For a page's whole width: 1500 pixels on its longer side at the most.
    async fn full(&self) -> PictureVariant {
        self.variant(Size::Full)
    }

    /// For a card: 800 pixels on its longer side at the most.
    async fn card(&self) -> PictureVariant {
        self.variant(Size::Card)
    }

    /// For a small square: 160 pixels on its shorter side at the most.
    async fn thumb(&self) -> PictureVariant {
        self.variant(Size::Thumb)
    }
}

/// A picture in one size. Its addresses begin at the server's root, never change, and are only for who may see what shows the
/// picture.
#[derive(SimpleObject)]
struct PictureVariant {
    /// Where it is.
    url: String,
    /// Where it is standing still; the same picture unless it moves.
    still_url: String,
    /// Pixels from left to right.
    width: i32,
    /// Pixels from top to bottom.
    height: i32,
}

impl Picture {
    fn variant(&self, size: Size) -> PictureVariant {
        let (width, height) = size.of(self.0.width.unsigned_abs(), self.0.height.unsigned_abs());
        let url = |still| self.0.address(Variant { size, still });
        let side = |pixels| i32::try_from(pixels).unwrap_or(i32::MAX);
        PictureVariant { url: url(false), still_url: url(true), width: side(width), height: side(height) }
    }
}

/// The picture that an input names. What is no id of one is no picture of anybody's.
pub(super) fn named(id: &ID) -> Result<PictureId, Error> {
    let message = "There is no such picture. Upload it again.";
    PictureId::parse(id).ok_or_else(|| Problem::new("pictureId", Code::NotFound, message).into())
}

/// The same for a change: nothing given leaves it, null takes it away.
pub(super) fn renamed(id: MaybeUndefined<ID>) -> Result<Option<Option<PictureId>>, Error> {
    match id {
        MaybeUndefined::Undefined => Ok(None),
        MaybeUndefined::Null => Ok(Some(None)),
        MaybeUndefined::Value(id) => Ok(Some(Some(named(&id)?))),
    }
}
