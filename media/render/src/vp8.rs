//! VP8 in RTP (RFC 7741): what a packet carries of a picture, and what a picture says of itself.

/// What one packet carries of a picture.
#[derive(Debug, PartialEq, Eq)]
pub struct Part<'a> {
    /// The picture begins with it.
    pub begins: bool,
    pub data: &'a [u8],
}

/// None for a packet that carries nothing, as padding does, or is broken.
pub fn part(payload: &[u8]) -> Option<Part<'_>> {
    let (&first, mut rest) = payload.split_first()?;
    if first & 0x80 != 0 {
        let (&extension, after) = rest.split_first()?;
        rest = after;
        if extension & 0x80 != 0 {
            let long = rest.first()? & 0x80 != 0;
            rest = rest.get(if long { 2 } else { 1 }..)?;
        }
        if extension & 0x40 != 0 {
            rest = rest.get(1..)?;
        }
        if extension & 0x30 != 0 {
            rest = rest.get(1..)?;
        }
    }
    let begins = first & 0x17 == 0x10;
    (!rest.is_empty()).then_some(Part { begins, data: rest })
}

/// Whether a picture needs no other one.
pub fn is_key(picture: &[u8]) -> bool {
    picture.first().is_some_and(|tag| tag & 1 == 0)
}

/// Width and height, which a picture says that needs no other one (RFC 6386, 9.1).
pub fn size(picture: &[u8]) -> Option<(u32, u32)> {
    let header = picture.get(..10).filter(|header| is_key(header) && header[3..6] == [0x9d, 0x01, 0x2a])?;
    let number = |at: usize| u32::from(u16::from_le_bytes([header[at], header[at + 1]]) & 0x3fff);
    let size = (number(6), number(8));
    (size.0 > 0 && size.1 > 0).then_some(size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_descriptors_of_the_rfc_are_read() {
        // RFC 7741, 4.6.1: a key frame in one packet, picture id 17 of 7 bits, temporal layer 0.
        let key = [0x90, 0x80, 0x11, 0x00, 0x9d];
        assert_eq!(part(&key), Some(Part { begins: true, data: &[0x00, 0x9d] }));
        // 4.6.2: the second part of a picture, no extension but its bit unset.
        assert_eq!(part(&[0x00, 0xaa]), Some(Part { begins: false, data: &[0xaa] }));
        // 4.6.5: picture id of 15 bits, TL0PICIDX, TID and KEYIDX.
        let all = [0x90, 0xf0, 0x92, 0x70, 0x05, 0x60, 0x01];
        assert_eq!(part(&all), Some(Part { begins: true, data: &[0x01] }));
    }

    #[test]
    fn only_the_first_partition_begins_a_picture() {
        assert_eq!(part(&[0x11, 0xaa]), Some(Part { begins: false, data: &[0xaa] }));
    }

    #[test]
    fn what_is_cut_off_carries_nothing() {
        let all = [0x90, 0xf0, 0x92, 0x70, 0x05, 0x60, 0x01];
        for end in 0..all.len() {
            assert_eq!(part(&all[..end]), None, "{end} bytes");
        }
    }

    #[test]
    fn a_key_frame_says_its_size() {
        let key = [0x10, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x68, 0x01, 0x00];
        assert!(is_key(&key));
        assert_eq!(size(&key), Some((640, 360)), "without the two bits of scaling");
        assert_eq!(size(&[0x11, 0x02, 0x00, 0x9d, 0x01, 0x2a, 0x80, 0x42, 0x68, 0x01]), None);
        assert_eq!(size(&key[..9]), None);
    }
}
