//! Pictures that tests upload, made here.

use super::{Person, text};
use image::codecs::gif::{GifEncoder, Repeat};
use image::codecs::jpeg::JpegEncoder;
use image::{Delay, DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use serde_json::Value;
use std::io::Cursor;

/// Red on the left, blue on the right.
pub fn two_colours(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) })
}

pub fn written(image: RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::from(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

pub fn png(width: u32, height: u32) -> Vec<u8> {
    written(two_colours(width, height), ImageFormat::Png)
}

/// A JPEG as a phone writes it that was held upright: it lies on its side, and says where it was taken.
pub fn jpeg_of_a_phone(width: u32, height: u32) -> Vec<u8> {
    let mut plain = Vec::new();
    let image = DynamicImage::from(two_colours(width, height));
    image.write_with_encoder(JpegEncoder::new_with_quality(&mut plain, 95)).unwrap();
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    exif.extend(2_u16.to_be_bytes());
    // Orientation 6: to be turned by a quarter, clockwise.
    exif.extend(b"\x01\x12\0\x03\0\0\0\x01\0\x06\0\0");
    // Where the camera's owner lives.
    exif.extend(b"\x01\x0e\0\x02\0\0\0\x10\0\0\0\x26");
    exif.extend(b"\0\0\0\0");
    exif.extend(b"48.137N 11.575E\0");
    let mut bytes = plain[..2].to_vec();
    bytes.extend(b"\xff\xe1");
    bytes.extend(u16::try_from(exif.len() + 2).unwrap().to_be_bytes());
    bytes.extend(exif);
    bytes.extend(&plain[2..]);
    bytes
}

/// An animation of so many images, each of another colour.
pub fn gif(width: u32, height: u32, frames: u16) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new_with_speed(&mut bytes, 30);
    encoder.set_repeat(Repeat::Infinite).unwrap();
    for number in 0..frames {
        let image = RgbaImage::from_pixel(width, height, Rgba([(number % 6 * 40) as u8, 90, 200, 255]));
        let delay = Delay::from_numer_denom_ms(200, 1);
        encoder.encode_frame(Frame::from_parts(image, 0, 0, delay)).unwrap();
    }
    drop(encoder);
    bytes
}

impl Person {
    /// Sends a picture to `/events/{id}/pictures` or `/pictures`; gives the whole answer.
    pub async fn upload(&self, path: &str, bytes: Vec<u8>) -> Value {
        let request = self.post(path).header("x-roundtable", "1").header("content-type", "application/octet-stream");
        request.body(bytes).send().await.unwrap().json().await.unwrap()
    }

    /// Uploads a picture that is taken; gives what the answer says of it.
    pub async fn uploaded(&self, path: &str, bytes: Vec<u8>) -> Value {
        let mut answer = self.upload(path, bytes).await;
        assert!(answer["errors"].is_null(), "{answer}");
        answer["data"]["uploadPicture"]["picture"].take()
    }

    /// Uploads a picture to the event; gives its id.
    pub async fn picture(&self, event: &str) -> String {
        text(&self.uploaded(&format!("/events/{event}/pictures"), png(900, 400)).await["id"])
    }

    /// Gives themselves a picture.
    pub async fn picture_of_their_own(&self) {
        let id = self.uploaded("/pictures", png(300, 300)).await["id"].take();
        let update = "mutation($input: UpdateProfileInput!) { updateProfile(input: $input) { account { id } } }";
        self.ok(update, serde_json::json!({ "input": { "pictureId": id } })).await;
    }

    /// Asks for what is at an address, with the cookie.
    pub async fn look_at(&self, address: &str) -> reqwest::Response {
        self.get(address).header("cookie", self.cookie.clone().unwrap_or_default()).send().await.unwrap()
    }
}
