//! GIFs that move, and keep moving.

use super::still::{self, encode_all, scaled};
use super::{Made, MediaType, Refusal, Size, Variant, check_size};
use crate::limits;
use gif::{ColorOutput, DecodeOptions, Decoder, DisposalMethod, Encoder, Frame, MemoryLimit};
use image::codecs::gif::GifDecoder;
use image::{AnimationDecoder, DynamicImage, ImageDecoder};
use std::io::Cursor;
use std::num::NonZeroU64;

/// Of 30: how hastily colours are chosen for an image that was made smaller.
const HASTE: i32 = 20;

/// Counts the images, and refuses an animation that would take too long.
pub(super) fn check(bytes: &[u8]) -> Result<usize, Refusal> {
    let mut options = options();
    options.skip_frame_decoding(true);
    let mut decoder = options.read_info(bytes).map_err(|_error| Refusal::Broken)?;
    let (width, height) = (u32::from(decoder.width()), u32::from(decoder.height()));
    check_size(width, height)?;
    let pixels = u64::from(width) * u64::from(height);
    let mut frames = 0;
    // What is cut off in the middle shows the images before.
    while let Ok(Some(_frame)) = decoder.next_frame_info() {
        frames += 1;
        if frames > limits::PICTURE_FRAMES || frames as u64 * pixels > limits::PICTURE_ANIMATION_PIXELS {
            return Err(if frames > 1 { Refusal::TooLong } else { Refusal::TooManyPixels });
        }
    }
    if frames == 0 { Err(Refusal::Broken) } else { Ok(frames) }
}

pub(super) fn make(bytes: &[u8]) -> Result<Made, Refusal> {
    let mut sizes = [Scaling::to(Size::Full), Scaling::to(Size::Card), Scaling::to(Size::Thumb)];
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(|_error| Refusal::Broken)?;
    decoder.set_limits(still::limits()).map_err(|_error| Refusal::TooManyPixels)?;
    let (width, height) = decoder.dimensions();
    let mut first = None;
    for frame in decoder.into_frames().map_while(Result::ok).take(limits::PICTURE_FRAMES) {
        let (numerator, denominator) = frame.delay().numer_denom_ms();
        let delay = u16::try_from(numerator / denominator.max(1) / 10).unwrap_or(u16::MAX);
        let image = DynamicImage::from(frame.into_buffer());
        for size in &mut sizes {
            // The full size is written as it came, where it need not be smaller.
            if size.size != Size::Full || size.size.of(width, height) != (width, height) {
                size.add(&image, delay)?;
            }
        }
        first.get_or_insert(image);
    }
    let first = first.ok_or(Refusal::Broken)?;
    let mut files = Vec::new();
    let mut larger = None;
    for size in sizes {
        let variant = Variant { size: size.size, still: false };
        let made = match size.finish()? {
            Some(made) => made,
            None => rewritten(bytes)?,
        };
        // An animation that tells only what moves can be shorter than a smaller one of whole images.
        let made = larger.take().filter(|larger: &Vec<u8>| larger.len() <= made.len()).unwrap_or(made);
        larger = Some(made.clone());
        files.push((variant, made));
    }
    let (still_media_type, stills) = encode_all(&first, true)?;
    files.extend(stills);
    Ok(Made { width, height, animated: true, media_type: MediaType::Gif, still_media_type, files })
}

fn options() -> DecodeOptions {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.check_frame_consistency(true);
    if let Some(bytes) = NonZeroU64::new(limits::PICTURE_PIXELS as u64 * 4) {
        options.set_memory_limit(MemoryLimit::Bytes(bytes));
    }
    options
}

/// The same images and times, colour for colour, without anything else that was in the file.
fn rewritten(bytes: &[u8]) -> Result<Vec<u8>, Refusal> {
    let mut decoder = options().read_info(bytes).map_err(|_error| Refusal::Broken)?;
    let palette = decoder.global_palette().unwrap_or_default().to_vec();
    let (width, height) = (decoder.width(), decoder.height());
    let mut encoder = Encoder::new(Vec::new(), width, height, &palette).map_err(|_error| Refusal::Broken)?;
    let mut frames = 0;
    while let Some(mut frame) = next(&mut decoder) {
        if frames == 0 {
            // Known once the first image was reached.
            encoder.set_repeat(decoder.repeat()).map_err(|_error| Refusal::Broken)?;
        }
        // Its lines were put in order when they were read.
        frame.interlaced = false;
        encoder.write_frame(&frame).map_err(|_error| Refusal::Broken)?;
        frames += 1;
    }
    encoder.into_inner().map_err(|_error| Refusal::Broken)
}

fn next(decoder: &mut Decoder<&[u8]>) -> Option<Frame<'static>> {
    decoder.read_next_frame().ok().flatten().cloned()
}

/// An animation that is being made smaller.
struct Scaling {
    size: Size,
    encoder: Option<Encoder<Vec<u8>>>,
}

impl Scaling {
    fn to(size: Size) -> Self {
        Self { size, encoder: None }
    }

    /// Adds a whole image, for hundredths of a second.
    fn add(&mut self, image: &DynamicImage, delay: u16) -> Result<(), Refusal> {
        let mut pixels = scaled(image.clone(), self.size).into_rgba8();
        let side = |pixels: u32| u16::try_from(pixels).map_err(|_error| Refusal::TooManyPixels);
        let (width, height) = (side(pixels.width())?, side(pixels.height())?);
        let mut frame = Frame::from_rgba_speed(width, height, &mut pixels, HASTE);
        frame.delay = delay;
        frame.dispose = DisposalMethod::Background;
        if self.encoder.is_none() {
            let mut encoder = Encoder::new(Vec::new(), width, height, &[]).map_err(|_error| Refusal::Broken)?;
            encoder.set_repeat(gif::Repeat::Infinite).map_err(|_error| Refusal::Broken)?;
            self.encoder = Some(encoder);
        }
        let encoder = self.encoder.as_mut().ok_or(Refusal::Broken)?;
        encoder.write_frame(&frame).map_err(|_error| Refusal::Broken)
    }

    fn finish(self) -> Result<Option<Vec<u8>>, Refusal> {
        self.encoder.map(|encoder| encoder.into_inner().map_err(|_error| Refusal::Broken)).transpose()
    }
}
