//! Pictures that people upload, as bytes (B3): looked at by content and never by name, and made anew, so that what is
//! stored and shown is only what we wrote. Pure: no files, no database.
//!
//! What is made anew has no metadata: no EXIF with a location, no XMP, no comments. Before that goes, its orientation is
//! applied and its colours are converted to sRGB, so that nothing looks different without it.

mod animation;
mod still;

use crate::limits;
use crate::text_enum;
use crate::validate::{Code, Problem};
use image::ImageFormat;

text_enum! {
    /// What we write.
    MediaType { Jpeg = "image/jpeg", Png = "image/png", Gif = "image/gif", }
}

/// How large: a picture is never made larger than it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Size {
    /// As wide as a cover at its best, 1500 pixels.
    Full,
    /// As wide as a card.
    Card,
    /// For a small square.
    Thumb,
}

/// One stored form of a picture, as it stands in its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Variant {
    pub size: Size,
    /// Only its first image, for readers who prefer reduced motion.
    pub still: bool,
}

impl Variant {
    pub const ALL: [Self; 6] = [
        Self { size: Size::Full, still: false },
        Self { size: Size::Card, still: false },
        Self { size: Size::Thumb, still: false },
        Self { size: Size::Full, still: true },
        Self { size: Size::Card, still: true },
        Self { size: Size::Thumb, still: true },
    ];

    pub fn as_str(self) -> &'static str {
        match (self.size, self.still) {
            (Size::Full, false) => "full",
            (Size::Card, false) => "card",
            (Size::Thumb, false) => "thumb",
            (Size::Full, true) => "full-still",
            (Size::Card, true) => "card-still",
            (Size::Thumb, true) => "thumb-still",
        }
    }

    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|variant| variant.as_str() == text)
    }
}

impl Size {
    /// Width and height of a picture of these at this size.
    pub fn of(self, width: u32, height: u32) -> (u32, u32) {
        let (long, short) = (f64::from(width.max(height)), f64::from(width.min(height)));
        let scale = match self {
            Self::Full => 1500.0 / long,
            Self::Card => 800.0 / long,
            // It is to cover a square of 160, but not to be as long as it likes.
            Self::Thumb => (160.0 / short).min(480.0 / long),
        };
        let scaled = |side: u32| ((f64::from(side) * scale.min(1.0)).round() as u32).max(1);
        (scaled(width), scaled(height))
    }
}

/// A picture that was made anew.
#[derive(Debug)]
pub struct Made {
    /// As it came, turned upright.
    pub width: u32,
    pub height: u32,
    pub animated: bool,
    pub media_type: MediaType,
    pub still_media_type: MediaType,
    /// The still ones only if it moves.
    pub files: Vec<(Variant, Vec<u8>)>,
}

/// Why a picture is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    TooManyBytes,
    /// Neither PNG, JPEG, GIF nor WebP by its content.
    WrongType,
    TooManyPixels,
    TooLong,
    /// One of them by its beginning, but it cannot be read.
    Broken,
}

impl Refusal {
    pub fn problem(self) -> Problem {
        let (code, limit, message) = match self {
            Self::TooManyBytes => {
                (Code::TooLong, Some(limits::PICTURE_BYTES), "The picture has more than 2 MiB. Make it smaller.")
            }
            Self::WrongType => {
                (Code::Invalid, None, "This is no picture that we can show. Use a PNG, JPEG, GIF or WebP file.")
            }
            Self::TooManyPixels => (
                Code::OutOfRange,
                Some(limits::PICTURE_PIXELS),
                "The picture has too many pixels. Best is 1500 × 600; make it smaller.",
            ),
            Self::TooLong => (
                Code::OutOfRange,
                Some(limits::PICTURE_FRAMES),
                "The animation is too long for its size. Use fewer or smaller images.",
            ),
            Self::Broken => (Code::Invalid, None, "The picture is damaged and cannot be read. Save it again."),
        };
        let limit = limit.and_then(|limit| i64::try_from(limit).ok());
        Problem { limit, ..Problem::new("picture", code, message) }
    }
}

/// Whether a picture of this size is too small to look good as a cover: taken, but said (B3).
pub fn is_small(width: u32, height: u32) -> bool {
    width < 800 || height < 320
}

/// Checks a picture and makes all its variants. Takes CPU: up to seconds for a long animation.
pub fn make(bytes: &[u8]) -> Result<Made, Refusal> {
    if bytes.len() > limits::PICTURE_BYTES {
        return Err(Refusal::TooManyBytes);
    }
    let format = match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::Gif | ImageFormat::WebP)) => format,
        Ok(_) | Err(_) => return Err(Refusal::WrongType),
    };
    if format == ImageFormat::Gif && animation::check(bytes)? > 1 {
        return animation::make(bytes);
    }
    still::make(bytes, format)
}

/// Refuses what would take too much memory, before anything is unpacked.
fn check_size(width: u32, height: u32) -> Result<(), Refusal> {
    let pixels = u64::from(width) * u64::from(height);
    if width == 0 || height == 0 {
        Err(Refusal::Broken)
    } else if width > limits::PICTURE_SIDE || height > limits::PICTURE_SIDE || pixels > limits::PICTURE_PIXELS as u64 {
        Err(Refusal::TooManyPixels)
    } else {
        Ok(())
    }
}
