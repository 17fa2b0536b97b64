//! The size of H.264 pictures, as their sequence parameter set says it (H.264, 7.3.2.1.1).
//!
//! Own code, because what a sender says must never end the program, and the parsers that there are panic on some of it.

/// Nobody's picture is larger than that.
const MAX_SIDE: u32 = 16_384;

/// Profiles that say more of their colours.
const HIGH: [u32; 13] = [100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135];

/// Width and height, without what is cut off at the edges.
pub fn size(unit: &[u8]) -> Option<(u32, u32)> {
    let bytes = without_emulation(unit.get(1..)?);
    let mut bits = Bits { bytes: &bytes, at: 0 };
    let profile = bits.number(8)?;
    bits.number(16)?;
    bits.golomb()?;
    let colours = if HIGH.contains(&profile) { colours(&mut bits)? } else { 1 };
    bits.golomb()?;
    order(&mut bits)?;
    bits.golomb()?;
    bits.number(1)?;
    let columns = bits.golomb()?.checked_add(1)?;
    let rows = bits.golomb()?.checked_add(1)?;
    let fields = 2 - bits.number(1)?;
    if fields == 2 {
        bits.number(1)?;
    }
    bits.number(1)?;
    let cut =
        if bits.number(1)? == 1 { [bits.golomb()?, bits.golomb()?, bits.golomb()?, bits.golomb()?] } else { [0; 4] };
    // What is cut off counts in samples of colour, and in rows of both fields.
    let (across, down) = match colours {
        1 => (2, 2 * fields),
        2 => (2, fields),
        _ => (1, fields),
    };
    let side = |blocks: u32, cut: [u32; 2], unit: u32| {
        let off = cut[0].checked_add(cut[1])?.checked_mul(unit)?;
        blocks.checked_mul(16)?.checked_sub(off).filter(|side| (1..=MAX_SIDE).contains(side))
    };
    Some((side(columns, [cut[0], cut[1]], across)?, side(rows.checked_mul(fields)?, [cut[2], cut[3]], down)?))
}

/// How many samples of colour there are (`chroma_format_idc`).
fn colours(bits: &mut Bits) -> Option<u32> {
    let format = bits.golomb()?;
    if format == 3 {
        bits.number(1)?;
    }
    bits.golomb()?;
    bits.golomb()?;
    bits.number(1)?;
    if bits.number(1)? == 1 {
        for list in 0..if format == 3 { 12 } else { 8 } {
            if bits.number(1)? == 1 {
                scaling(bits, if list < 6 { 16 } else { 64 })?;
            }
        }
    }
    Some(format)
}

fn scaling(bits: &mut Bits, length: usize) -> Option<()> {
    let mut last = 8;
    for _ in 0..length {
        last = (last + bits.signed()?).rem_euclid(256);
        if last == 0 {
            break;
        }
    }
    Some(())
}

/// How pictures say their order.
fn order(bits: &mut Bits) -> Option<()> {
    match bits.golomb()? {
        0 => {
            bits.golomb()?;
        }
        1 => {
            bits.number(1)?;
            bits.signed()?;
            bits.signed()?;
            let count = bits.golomb()?;
            for _ in 0..count.min(256) {
                bits.signed()?;
            }
        }
        _ => {}
    }
    Some(())
}

/// Without the 3 that stands after two zeros so that nothing looks like a start code.
fn without_emulation(bytes: &[u8]) -> Vec<u8> {
    let mut kept: Vec<u8> = Vec::with_capacity(bytes.len());
    let mut zeros = 0;
    for &byte in bytes {
        if zeros >= 2 && byte == 3 {
            zeros = 0;
            continue;
        }
        zeros = if byte == 0 { zeros + 1 } else { 0 };
        kept.push(byte);
    }
    kept
}

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn bit(&mut self) -> Option<u32> {
        let byte = *self.bytes.get(self.at / 8)?;
        let bit = byte >> (7 - self.at % 8) & 1;
        self.at += 1;
        Some(bit.into())
    }

    /// Up to 32 bits.
    fn number(&mut self, bits: u32) -> Option<u32> {
        let mut number = 0_u32;
        for _ in 0..bits {
            number = number << 1 | self.bit()?;
        }
        Some(number)
    }

    fn golomb(&mut self) -> Option<u32> {
        let mut zeros = 0;
        while self.bit()? == 0 {
            zeros += 1;
        }
        if zeros > 31 {
            return None;
        }
        Some((1_u32 << zeros) - 1 + self.number(zeros)?)
    }

    fn signed(&mut self) -> Option<i64> {
        let number = i64::from(self.golomb()?);
        Some(if number % 2 == 0 { -number / 2 } else { number / 2 + 1 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of libx264, with what it cut off at the edges.
    const BASELINE: [u8; 25] = [
        0x67, 0x42, 0xc0, 0x16, 0xd9, 0x00, 0xa0, 0x2f, 0xf9, 0x70, 0x11, 0x00, 0x00, 0x03, 0x00, 0x01, 0x00, 0x00,
        0x03, 0x00, 0x28, 0x0f, 0x16, 0x2e, 0x48,
    ];
    const HIGH: [u8; 26] = [
        0x67, 0x64, 0x00, 0x1f, 0xac, 0xd9, 0x40, 0x50, 0x05, 0xbf, 0xac, 0x04, 0x40, 0x00, 0x00, 0x03, 0x00, 0x40,
        0x00, 0x00, 0x0a, 0x03, 0xc6, 0x0c, 0x65, 0x80,
    ];
    const MAIN: [u8; 24] = [
        0x67, 0x4d, 0x40, 0x0d, 0xec, 0xa0, 0xb0, 0x4b, 0x60, 0x22, 0x00, 0x00, 0x03, 0x00, 0x02, 0x00, 0x00, 0x03,
        0x00, 0x50, 0x1e, 0x28, 0x53, 0x2c,
    ];

    #[test]
    fn sizes_are_those_that_an_encoder_was_given() {
        assert_eq!(size(&BASELINE), Some((640, 360)));
        assert_eq!(size(&HIGH), Some((1280, 718)));
        assert_eq!(size(&MAIN), Some((352, 288)));
    }

    #[test]
    fn what_is_cut_off_or_changed_has_some_size_or_none() {
        for end in 0..9 {
            assert_eq!(size(&BASELINE[..end]), None, "{end} bytes");
        }
        for (position, bit) in (0..HIGH.len()).flat_map(|position| (0..8).map(move |bit| (position, bit))) {
            let mut changed = HIGH;
            changed[position] ^= 1 << bit;
            assert!(size(&changed).is_none_or(|(width, height)| width <= MAX_SIDE && height <= MAX_SIDE));
        }
        assert_eq!(size(&[0; 100]), None);
    }
}
