//! Pictures: what the api says of one, and how inputs name one.

use super::schema;
use serde::{Deserialize, Serialize};

/// Kept in drafts as well, by the names that the api has.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Picture {
    pub id: cynic::Id,
    pub is_animated: bool,
    /// Too small to look good as a cover (B3).
    pub is_small: bool,
    pub full: PictureVariant,
    pub card: PictureVariant,
}

#[derive(cynic::QueryFragment, Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PictureVariant {
    pub url: String,
    /// For who prefers reduced motion.
    pub still_url: String,
}

/// What uploading answers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Uploaded {
    pub upload_picture: UploadedPicture,
}

#[derive(Deserialize)]
pub struct UploadedPicture {
    pub picture: Picture,
}

/// What a change does with a picture. Left out of an input, it stays; null takes it away.
#[derive(Clone, Debug, PartialEq)]
pub enum PictureChange {
    Keep,
    Remove,
    Take(cynic::Id),
}

impl PictureChange {
    pub fn between(before: Option<&Picture>, after: Option<&Picture>) -> Self {
        match after {
            after if after.map(|one| &one.id) == before.map(|one| &one.id) => Self::Keep,
            Some(after) => Self::Take(after.id.clone()),
            None => Self::Remove,
        }
    }

    pub fn is_keep(&self) -> bool {
        *self == Self::Keep
    }
}

impl Serialize for PictureChange {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Remove => serializer.serialize_none(),
            Self::Take(id) => id.serialize(serializer),
        }
    }
}

impl cynic::schema::IsScalar<cynic::Id> for PictureChange {
    type SchemaType = cynic::Id;
}

impl cynic::coercions::CoercesTo<Option<cynic::Id>> for PictureChange {}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(id: &str) -> Picture {
        let variant = PictureVariant { url: "/a".into(), still_url: "/b".into() };
        Picture { id: cynic::Id::new(id), is_animated: true, is_small: false, full: variant.clone(), card: variant }
    }

    #[test]
    fn b3_a_change_says_keep_remove_or_take() {
        let (one, two) = (picture("picture:1"), picture("picture:2"));
        assert_eq!(PictureChange::between(Some(&one), Some(&one)), PictureChange::Keep);
        assert_eq!(PictureChange::between(Some(&one), None), PictureChange::Remove);
        assert_eq!(PictureChange::between(Some(&one), Some(&two)), PictureChange::Take(two.id));
    }

    /// A draft comes back from the browser's storage as it went in.
    #[test]
    fn a_picture_is_read_as_it_is_written() {
        let one = picture("picture:1");
        assert_eq!(serde_json::from_str::<Picture>(&serde_json::to_string(&one).unwrap()).unwrap(), one);
    }
}
