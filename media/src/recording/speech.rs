//! Who speaks, by how loud their packets say that they are (RFC 6464). Pure: time comes in with each call, in microseconds.

/// Loud packets after which somebody speaks; sound comes in packets of 20 ms.
const PACKETS: u32 = 5;

/// So long after the last loud packet they have stopped.
const QUIET: i64 = 1_000_000;

/// A level is how far below the loudest sound there is, in decibels: this and less is loud. Speech is between 20 and 40, a room in
/// which nobody speaks above 55.
const LOUD: u8 = 50;

#[derive(Debug, Default)]
pub struct Speech {
    /// Loud packets that came lately, up to [`PACKETS`].
    loud: u32,
    last: i64,
    speaking: bool,
}

impl Speech {
    /// A packet that was as loud as this. Gives whether they speak when that has changed.
    pub fn hear(&mut self, at: i64, level: u8) -> Option<bool> {
        if level > LOUD {
            self.loud = self.loud.saturating_sub(1);
            return self.rest(at);
        }
        self.loud = (self.loud + 1).min(PACKETS);
        self.last = at;
        self.change(self.speaking || self.loud == PACKETS)
    }

    /// Time has passed, perhaps without any packet: nothing is sent of who is muted or silent.
    pub fn rest(&mut self, at: i64) -> Option<bool> {
        self.change(self.speaking && at - self.last < QUIET)
    }

    pub fn is_speaking(&self) -> bool {
        self.speaking
    }

    fn change(&mut self, speaking: bool) -> Option<bool> {
        let changed = std::mem::replace(&mut self.speaking, speaking) != speaking;
        changed.then_some(speaking)
    }
}

/// How loud an RTP packet says that it is, in the header extension with this id: 0 is the loudest, 127 silence.
pub fn level(packet: &[u8], id: u8) -> Option<u8> {
    let first = *packet.first()?;
    if first & 0x10 == 0 {
        return None;
    }
    let extension = packet.get(12 + 4 * usize::from(first & 0x0f)..)?;
    let (head, rest) = extension.split_at_checked(4)?;
    let words = usize::from(u16::from_be_bytes([head[2], head[3]]));
    let elements = rest.get(..4 * words)?;
    let value = match [head[0], head[1]] {
        [0xbe, 0xde] => short_element(elements, id),
        [0x10, low] if low < 0x10 => long_element(elements, id),
        _ => None,
    };
    Some(value?.first()? & 0x7f)
}

/// Elements with a head of one byte (RFC 8285).
fn short_element(mut elements: &[u8], id: u8) -> Option<&[u8]> {
    loop {
        let (head, rest) = elements.split_first()?;
        elements = rest;
        match head >> 4 {
            0 => continue,
            15 => return None,
            found => {
                let (value, rest) = rest.split_at_checked(usize::from(head & 0x0f) + 1)?;
                if found == id {
                    return Some(value);
                }
                elements = rest;
            }
        }
    }
}

/// Elements with a head of two bytes.
fn long_element(mut elements: &[u8], id: u8) -> Option<&[u8]> {
    loop {
        let (found, rest) = elements.split_first()?;
        elements = rest;
        if *found == 0 {
            continue;
        }
        let (length, rest) = rest.split_first()?;
        let (value, rest) = rest.split_at_checked(usize::from(*length))?;
        if *found == id {
            return Some(value);
        }
        elements = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKET: i64 = 20_000;

    /// What is said of packets with these levels, 20 ms apart, by the number of the packet.
    fn heard(speech: &mut Speech, levels: &[u8]) -> Vec<(usize, bool)> {
        let said = |(number, level): (usize, &u8)| Some((number, speech.hear(number as i64 * PACKET, *level)?));
        levels.iter().enumerate().filter_map(said).collect()
    }

    #[test]
    fn whoever_is_loud_for_some_packets_speaks() {
        let mut speech = Speech::default();
        assert_eq!(heard(&mut speech, &[30; 20]), [(4, true)]);
        assert!(speech.is_speaking());
    }

    #[test]
    fn a_cough_or_a_quiet_room_is_no_speech() {
        assert_eq!(heard(&mut Speech::default(), &[30, 20, 10, 20, 60, 70, 127, 127, 30, 20, 30]), []);
        assert_eq!(heard(&mut Speech::default(), &[60; 100]), []);
    }

    #[test]
    fn a_pause_between_words_is_none_and_a_second_is() {
        let mut speech = Speech::default();
        let levels = [[30; 10].as_slice(), &[80; 49], &[30; 1], &[80; 60]].concat();
        assert_eq!(heard(&mut speech, &levels), [(4, true), (59 + 50, false)]);
    }

    #[test]
    fn who_sends_nothing_any_more_has_stopped() {
        let mut speech = Speech::default();
        heard(&mut speech, &[30; 5]);
        let last = 4 * PACKET;
        assert_eq!(speech.rest(last + QUIET - 1), None);
        assert_eq!(speech.rest(last + QUIET), Some(false));
        assert_eq!(speech.rest(last + 2 * QUIET), None, "that is said once");
        assert_eq!(Speech::default().rest(QUIET), None, "nor of who never spoke");
    }

    /// An RTP packet with one source that contributes, and these elements.
    fn packet(profile: [u8; 2], elements: &[u8]) -> Vec<u8> {
        let mut packet = vec![0x91, 111, 0, 1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 4];
        packet.extend(profile);
        packet.extend([0, u8::try_from(elements.len() / 4).unwrap()]);
        packet.extend(elements);
        packet.extend(b"sound");
        packet
    }

    #[test]
    fn the_level_is_found_among_other_elements() {
        let short = packet([0xbe, 0xde], &[0x10, b'0', 0, 0x61, 0xa8, 0x07, 0x30, 0]);
        assert_eq!((level(&short, 6), level(&short, 3), level(&short, 2)), (Some(0x28), Some(0), None));
        let long = packet([0x10, 0x00], &[1, 1, b'0', 0, 6, 1, 0x28, 0]);
        assert_eq!((level(&long, 6), level(&long, 2)), (Some(0x28), None));
    }

    #[test]
    fn what_is_cut_off_or_says_nothing_has_no_level() {
        let whole = packet([0xbe, 0xde], &[0x60, 0x28, 0, 0]);
        assert_eq!(level(&whole, 6), Some(0x28));
        for length in 0..whole.len() - b"sound".len() {
            assert_eq!(level(&whole[..length], 6), None, "{length}");
        }
        assert_eq!(level(&packet([0xbe, 0xde], &[0x6f, 0x28, 0, 0]), 6), None, "longer than there is");
        assert_eq!(level(&packet([0xbe, 0xde], &[0xf0, 0x60, 0x28, 0]), 6), None, "15 ends them");
        assert_eq!(level(&packet([0xab, 0xcd], &[0x60, 0x28, 0, 0]), 6), None, "another kind of extension");
        assert_eq!(level(&[0x80; 40], 6), None, "no extension");
    }
}
