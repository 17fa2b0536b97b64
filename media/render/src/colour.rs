//! Colours, and what they are in pictures: BT.601 with the narrow range, as browsers send theirs.

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour {
    pub red: u8,
    pub green: u8,
    pub blue: u8,
}

pub const fn colour(code: u32) -> Colour {
    Colour { red: (code >> 16) as u8, green: (code >> 8) as u8, blue: code as u8 }
}

/// A colour as pictures have it; as much of it as `alpha` says, of 255.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Yuv {
    pub y: u8,
    pub u: u8,
    pub v: u8,
}

impl Colour {
    pub fn yuv(self) -> Yuv {
        Yuv::of([self.red, self.green, self.blue, 255])
    }
}

impl Yuv {
    /// Of red, green and blue that are multiplied by alpha already; so is what comes out.
    pub fn of([red, green, blue, alpha]: [u8; 4]) -> Self {
        let sum = |factors: [f32; 3], offset: f32| {
            let weighted = factors[0] * f32::from(red) + factors[1] * f32::from(green) + factors[2] * f32::from(blue);
            (weighted + offset * f32::from(alpha) / 255.0).round().clamp(0.0, 255.0) as u8
        };
        Self {
            y: sum([0.256_788, 0.504_129, 0.097_906], 16.0),
            u: sum([-0.148_223, -0.290_993, 0.439_216], 128.0),
            v: sum([0.439_216, -0.367_788, -0.071_427], 128.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_colours() {
        assert_eq!(colour(0x000000).yuv(), Yuv { y: 16, u: 128, v: 128 });
        assert_eq!(colour(0xffffff).yuv(), Yuv { y: 235, u: 128, v: 128 });
        assert_eq!(colour(0xff0000).yuv(), Yuv { y: 81, u: 90, v: 240 });
        assert_eq!(Yuv::of([0, 0, 0, 0]), Yuv { y: 0, u: 0, v: 0 });
    }
}
