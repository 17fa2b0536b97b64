//! The picture that everything is put on, and what is put on it.

use crate::colour::{Colour, Yuv};
use crate::layout::Rect;

/// A picture in planes of brightness and of two colours, one for each four pixels, without gaps: what ffmpeg calls `yuv420p`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    pub width: usize,
    pub height: usize,
    pub bytes: Vec<u8>,
}

/// Bytes of a picture of this size; its sides are even.
pub fn bytes(width: usize, height: usize) -> usize {
    width * height * 3 / 2
}

/// A plane of a picture, and how often it is smaller than it.
#[derive(Clone, Copy)]
struct Plane {
    start: usize,
    width: usize,
    half: usize,
}

impl Picture {
    pub fn new(width: usize, height: usize) -> Self {
        Self { width, height, bytes: vec![0; bytes(width, height)] }
    }

    fn planes(&self) -> [Plane; 3] {
        let (luma, chroma) = (self.width * self.height, self.width * self.height / 4);
        [
            Plane { start: 0, width: self.width, half: 1 },
            Plane { start: luma, width: self.width / 2, half: 2 },
            Plane { start: luma + chroma, width: self.width / 2, half: 2 },
        ]
    }

    pub fn fill(&mut self, place: Rect, colour: Colour) {
        let Yuv { y, u, v } = colour.yuv();
        for (plane, value) in self.planes().into_iter().zip([y, u, v]) {
            let (left, width) = (place.left / plane.half, place.width / plane.half);
            for row in place.top / plane.half..(place.top + place.height) / plane.half {
                let start = plane.start + row * plane.width + left;
                self.bytes[start..start + width].fill(value);
            }
        }
    }

    /// Puts a picture down as it is.
    pub fn put(&mut self, picture: &Self, left: usize, top: usize) {
        for (to, from) in self.planes().into_iter().zip(picture.planes()) {
            for row in 0..picture.height / from.half {
                let source = from.start + row * from.width;
                let target = to.start + (top / to.half + row) * to.width + left / to.half;
                self.bytes[target..target + from.width].copy_from_slice(&picture.bytes[source..source + from.width]);
            }
        }
    }

    /// Lays something over what is there.
    pub fn lay(&mut self, sprite: &Sprite, left: usize, top: usize) {
        let planes = self.planes();
        for ((to, layer), alpha) in planes.into_iter().zip(&sprite.layers).zip([0, 1, 1]) {
            let width = sprite.width / to.half;
            let alpha = &sprite.alpha[alpha];
            for row in 0..sprite.height / to.half {
                let target = to.start + (top / to.half + row) * to.width + left / to.half;
                let over = layer[row * width..][..width].iter().zip(&alpha[row * width..][..width]);
                for (below, (colour, alpha)) in self.bytes[target..target + width].iter_mut().zip(over) {
                    *below = blend(*below, *colour, *alpha);
                }
            }
        }
    }
}

/// `colour` is multiplied by alpha already.
fn blend(below: u8, colour: u8, alpha: u8) -> u8 {
    let rest = u16::from(below) * u16::from(255 - alpha);
    // Divided by 255, rounded.
    let rest = (rest + 128 + ((rest + 128) >> 8)) >> 8;
    colour.saturating_add(rest as u8)
}

/// Something that is seen through in parts. Its sides are even.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sprite {
    pub width: usize,
    pub height: usize,
    /// Brightness and the two colours, multiplied by alpha.
    layers: [Vec<u8>; 3],
    /// For brightness and for colours.
    alpha: [Vec<u8>; 2],
}

impl Sprite {
    /// Of pixels of red, green, blue and alpha, the first three multiplied by the last.
    pub fn of(width: usize, height: usize, pixel: impl Fn(usize, usize) -> [u8; 4]) -> Self {
        let (width, height) = (width & !1, height & !1);
        let (mut layers, mut alpha) = ([const { Vec::new() }; 3], [const { Vec::new() }; 2]);
        for (row, column) in (0..height).flat_map(|row| (0..width).map(move |column| (row, column))) {
            let own = pixel(column, row);
            layers[0].push(Yuv::of(own).y);
            alpha[0].push(own[3]);
            if row % 2 == 0 && column % 2 == 0 {
                let four = [own, pixel(column + 1, row), pixel(column, row + 1), pixel(column + 1, row + 1)];
                let mean: [u8; 4] = std::array::from_fn(|part| {
                    let sum: u16 = four.iter().map(|pixel| u16::from(pixel[part])).sum();
                    ((sum + 2) / 4) as u8
                });
                let Yuv { u, v, .. } = Yuv::of(mean);
                layers[1].push(u);
                layers[2].push(v);
                alpha[1].push(mean[3]);
            }
        }
        Self { width, height, layers, alpha }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::colour::colour;

    const PLACE: Rect = Rect { left: 4, top: 2, width: 8, height: 4 };

    fn pixel(picture: &Picture, x: usize, y: usize) -> Yuv {
        let [luma, u, v] = picture.planes();
        let at = |plane: Plane| picture.bytes[plane.start + y / plane.half * plane.width + x / plane.half];
        Yuv { y: at(luma), u: at(u), v: at(v) }
    }

    fn black() -> Picture {
        let mut picture = Picture::new(16, 8);
        picture.fill(Rect { left: 0, top: 0, width: 16, height: 8 }, colour(0x000000));
        picture
    }

    #[test]
    fn what_is_filled_or_put_down_is_there_and_nowhere_else() {
        let red = colour(0xff0000);
        let mut filled = black();
        filled.fill(PLACE, red);
        let mut small = Picture::new(PLACE.width, PLACE.height);
        small.fill(Rect { left: 0, top: 0, ..PLACE }, red);
        let mut put = black();
        put.put(&small, PLACE.left, PLACE.top);
        assert_eq!(filled, put);
        for (x, y) in (0..16).flat_map(|x| (0..8).map(move |y| (x, y))) {
            let inside = (4..12).contains(&x) && (2..6).contains(&y);
            assert_eq!(pixel(&put, x, y) == red.yuv(), inside, "{x}, {y}");
        }
    }

    #[test]
    fn what_is_laid_over_lets_through_what_it_should() {
        let mut picture = black();
        let under = colour(0x204060);
        picture.fill(PLACE, under);
        picture.lay(&Sprite::of(8, 4, |_, _| [0; 4]), 4, 2);
        assert_eq!(pixel(&picture, 5, 3), under.yuv());
        picture.lay(&Sprite::of(8, 4, |_, _| [0, 0, 255, 255]), 4, 2);
        assert_eq!(pixel(&picture, 5, 3), colour(0x0000ff).yuv());
        picture.lay(&Sprite::of(8, 4, |_, _| [128, 128, 128, 128]), 4, 2);
        let half = pixel(&picture, 5, 3);
        let expected = colour(0x8080ff).yuv();
        assert!(half.y.abs_diff(expected.y) <= 2 && half.u.abs_diff(expected.u) <= 2, "{half:?}, {expected:?}");
        assert_eq!(pixel(&picture, 3, 3), colour(0x000000).yuv());
    }
}
