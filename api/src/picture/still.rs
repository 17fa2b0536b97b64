//! Pictures that stand still. Of an animated PNG or WebP the first image is taken: only GIFs keep moving.

use super::{Made, MediaType, Refusal, Size, Variant, check_size};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::io::Cursor;

/// Of 100: below it one begins to see it at edges of text.
const QUALITY: u8 = 88;

/// Bytes that one decoder may take beside the picture itself.
const MEMORY: u64 = 256 * 1024 * 1024;

pub(super) fn make(bytes: &[u8], format: ImageFormat) -> Result<Made, Refusal> {
    let image = decode(bytes, format)?;
    let (width, height) = (image.width(), image.height());
    let (media_type, files) = encode_all(&image, false)?;
    Ok(Made { width, height, animated: false, media_type, still_media_type: media_type, files })
}

/// The bytes of each variant.
pub(super) type Files = Vec<(Variant, Vec<u8>)>;

/// Every size of an image, with what they all are.
pub(super) fn encode_all(image: &DynamicImage, still: bool) -> Result<(MediaType, Files), Refusal> {
    let media_type = if is_opaque(image) { MediaType::Jpeg } else { MediaType::Png };
    let mut files = Vec::new();
    // Each from the one before, which is large enough for it: that takes less time than each from the first.
    let mut image = image.clone();
    for size in [Size::Full, Size::Card, Size::Thumb] {
        image = scaled(image, size);
        files.push((Variant { size, still }, encode(&image, media_type)?));
    }
    Ok((media_type, files))
}

pub(super) fn scaled(image: DynamicImage, size: Size) -> DynamicImage {
    let (width, height) = size.of(image.width(), image.height());
    if (width, height) == (image.width(), image.height()) {
        return image;
    }
    image.resize_exact(width, height, FilterType::Triangle)
}

pub(super) fn limits() -> Limits {
    let mut limits = Limits::default();
    limits.max_image_width = Some(crate::limits::PICTURE_SIDE);
    limits.max_image_height = Some(crate::limits::PICTURE_SIDE);
    limits.max_alloc = Some(MEMORY);
    limits
}

/// The image with 8 bits a channel, upright, in sRGB.
fn decode(bytes: &[u8], format: ImageFormat) -> Result<DynamicImage, Refusal> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    // From the first byte on: a profile or a comment can be packed as well as the pixels are.
    reader.limits(limits());
    let mut decoder = reader.into_decoder().map_err(refusal)?;
    let (width, height) = decoder.dimensions();
    check_size(width, height)?;
    let orientation = decoder.orientation().map_err(|_error| Refusal::Broken)?;
    let profile = decoder.icc_profile().ok().flatten();
    let image = DynamicImage::from_decoder(decoder).map_err(refusal)?;
    let has_alpha = image.color().has_alpha();
    let mut image = if has_alpha { DynamicImage::from(image.into_rgba8()) } else { image.into_rgb8().into() };
    if let Some(profile) = profile {
        image = in_srgb(image, &profile);
    }
    image.apply_orientation(orientation);
    Ok(image)
}

fn refusal(error: ImageError) -> Refusal {
    match error {
        ImageError::Limits(_) => Refusal::TooManyPixels,
        _ => Refusal::Broken,
    }
}

/// The image in sRGB, if its own colours can be understood; otherwise as it is.
fn in_srgb(image: DynamicImage, profile: &[u8]) -> DynamicImage {
    let Ok(own) = ColorProfile::new_from_slice(profile) else { return image };
    if own.color_space != DataColorSpace::Rgb {
        return image;
    }
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = own.create_transform_8bit(layout, &srgb, layout, TransformOptions::default()) else {
        return image;
    };
    let mut converted = image.clone();
    let target = match &mut converted {
        DynamicImage::ImageRgb8(pixels) => &mut **pixels,
        DynamicImage::ImageRgba8(pixels) => &mut **pixels,
        _ => return image,
    };
    match transform.transform(image.as_bytes(), target) {
        Ok(()) => converted,
        Err(_) => image,
    }
}

fn is_opaque(image: &DynamicImage) -> bool {
    image.as_rgba8().is_none_or(|pixels| pixels.as_raw().iter().skip(3).step_by(4).all(|alpha| *alpha == u8::MAX))
}

fn encode(image: &DynamicImage, media_type: MediaType) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let written = match media_type {
        MediaType::Png => {
            let best = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive);
            image.write_with_encoder(best)
        }
        MediaType::Jpeg | MediaType::Gif => {
            let rgb = DynamicImage::from(image.to_rgb8());
            rgb.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, QUALITY))
        }
    };
    written.map_err(|_error| Refusal::Broken)?;
    Ok(bytes)
}
