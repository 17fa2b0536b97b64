//! A VP8 stream that nobody looks at: right descriptors and frame heads, and nothing that was ever a picture.

use crate::publisher::MARK;
use std::sync::Arc;

/// Packets of a frame.
pub const PACKETS: u16 = 5;

/// Bytes of a packet; 25 frames a second make 1.15 Mbit/s.
const BYTES: usize = 1150;

/// One key frame in so many.
const KEY: u16 = 25;

/// One packet of a frame, and whether it is the frame's last one.
pub fn packet(frame: u16, index: u16) -> (Arc<[u8]>, bool) {
    let first = index == 0;
    let [high, low] = frame.to_be_bytes();
    // RFC 7741: extended; the start of the only partition. Then a picture id of two bytes, the number of the base layer, and the
    // layer, which is the base.
    let descriptor = [if first { 0x90 } else { 0x80 }, 0xe0, 0x80 | high, low, low, 0x20];
    // RFC 6386: the lowest bit says that it is no key frame. That is followed by a start code and 640 by 360.
    let key = [0x50, 0xfb, 0x01, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0x68, 0x01];
    let mut payload = descriptor.to_vec();
    if first {
        payload.extend(if frame.is_multiple_of(KEY) { &key[..] } else { &[0x51, 0xfb, 0x01][..] });
    }
    payload.resize(BYTES - MARK.len(), 0x5a);
    payload.extend(MARK);
    (payload.into(), index + 1 == PACKETS)
}
