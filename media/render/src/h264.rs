//! H.264 in RTP (RFC 6184): packets of packetization mode 1 to an Annex B stream, and what its parameter sets say.

use crate::sps;

const START: [u8; 4] = [0, 0, 0, 1];

const IDR: u8 = 5;
const SPS: u8 = 7;
const PPS: u8 = 8;
const DELIMITER: u8 = 9;
const STAP_A: u8 = 24;
const FU_A: u8 = 28;

/// The parameter sets that came last: some senders say them once, and key frames must be readable all the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parameters {
    sps: Vec<u8>,
    pps: Vec<u8>,
}

impl Parameters {
    /// As an Annex B stream.
    fn annex_b(&self) -> Vec<u8> {
        [&self.sps, &self.pps]
            .into_iter()
            .filter(|set| !set.is_empty())
            .flat_map(|set| START.iter().chain(set))
            .copied()
            .collect()
    }

    /// Width and height, as the last SPS says.
    pub fn size(&self) -> Option<(u32, u32)> {
        sps::size(&self.sps)
    }

    /// Keeps what of a picture is a parameter set.
    pub fn learn(&mut self, picture: &[u8]) {
        for unit in units(picture) {
            match kind(unit) {
                Some(SPS) => self.sps = unit.to_vec(),
                Some(PPS) => self.pps = unit.to_vec(),
                _ => {}
            }
        }
    }

    /// Puts them in front of a picture that lacks them.
    pub fn complete(&self, picture: Vec<u8>) -> Vec<u8> {
        if units(&picture).any(|unit| kind(unit) == Some(SPS)) { picture } else { [self.annex_b(), picture].concat() }
    }
}

/// Appends what one packet carries. False for a packet that cannot be read, and the middle of something that did not begin.
pub fn append(payload: &[u8], picture: &mut Vec<u8>) -> bool {
    let Some((&header, rest)) = payload.split_first() else { return false };
    match header & 0x1f {
        1..=23 => {
            picture.extend(START);
            picture.extend(payload);
            true
        }
        STAP_A => append_aggregate(rest, picture),
        FU_A => append_fragment(header, rest, picture),
        _ => false,
    }
}

fn append_aggregate(mut rest: &[u8], picture: &mut Vec<u8>) -> bool {
    while let Some((length, after)) = rest.split_first_chunk::<2>() {
        let length = usize::from(u16::from_be_bytes(*length));
        let Some((unit, after)) = after.split_at_checked(length) else { return false };
        picture.extend(START);
        picture.extend(unit);
        rest = after;
    }
    rest.is_empty()
}

fn append_fragment(indicator: u8, rest: &[u8], picture: &mut Vec<u8>) -> bool {
    let Some((&header, data)) = rest.split_first() else { return false };
    if header & 0x80 != 0 {
        picture.extend(START);
        picture.push((indicator & 0xe0) | (header & 0x1f));
    } else if picture.is_empty() {
        return false;
    }
    picture.extend(data);
    true
}

/// Whether a picture begins with this packet for sure: not every one says so.
pub fn surely_begins(payload: &[u8]) -> bool {
    let first = match kind(payload) {
        Some(STAP_A) => payload.get(3..).and_then(kind),
        other => other,
    };
    matches!(first, Some(SPS | DELIMITER))
}

/// Whether a picture needs no other one.
pub fn is_key(picture: &[u8]) -> bool {
    units(picture).any(|unit| kind(unit) == Some(IDR))
}

fn kind(unit: &[u8]) -> Option<u8> {
    unit.first().map(|header| header & 0x1f)
}

/// The units of an Annex B stream.
fn units(stream: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let begin = find(rest, &START[1..])? + 3;
        rest = &rest[begin..];
        let end = find(rest, &START[1..]).unwrap_or(rest.len());
        let unit = &rest[..end];
        rest = &rest[end..];
        Some(unit.strip_suffix(&[0]).unwrap_or(unit))
    })
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(payloads: &[&[u8]]) -> Option<Vec<u8>> {
        let mut picture = Vec::new();
        payloads.iter().all(|payload| append(payload, &mut picture)).then_some(picture)
    }

    #[test]
    fn a_single_unit_gets_its_start_code() {
        assert_eq!(read(&[&[0x65, 1, 2]]).unwrap(), [0, 0, 0, 1, 0x65, 1, 2]);
    }

    #[test]
    fn aggregated_units_are_taken_apart() {
        // RFC 6184, figure 7: two units in one STAP-A.
        let packet = [0x78, 0, 2, 0x67, 9, 0, 3, 0x68, 7, 8];
        assert_eq!(read(&[&packet]).unwrap(), [0, 0, 0, 1, 0x67, 9, 0, 0, 0, 1, 0x68, 7, 8]);
        assert_eq!(read(&[&packet[..8]]), None, "cut off");
    }

    #[test]
    fn fragments_are_put_together() {
        // RFC 6184, 5.8: start, middle and end of an IDR slice with importance 3.
        let parts: [&[u8]; 3] = [&[0x7c, 0x85, 1], &[0x7c, 0x05, 2], &[0x7c, 0x45, 3]];
        assert_eq!(read(&parts).unwrap(), [0, 0, 0, 1, 0x65, 1, 2, 3]);
        assert_eq!(read(&parts[1..]), None, "without its beginning");
    }

    #[test]
    fn packets_of_other_modes_are_not_read() {
        for header in [0, 25, 26, 27, 29, 30, 31] {
            assert_eq!(read(&[&[header, 1, 2]]), None, "{header}");
        }
        assert_eq!(read(&[&[]]), None);
    }

    #[test]
    fn a_key_frame_without_parameter_sets_gets_the_last_ones() {
        let mut parameters = Parameters::default();
        let first = read(&[&[0x78, 0, 2, 0x67, 9, 0, 2, 0x68, 7], &[0x65, 1]]).unwrap();
        parameters.learn(&first);
        assert_eq!(parameters.complete(first.clone()), first);
        let second = read(&[&[0x65, 2]]).unwrap();
        assert!(is_key(&second));
        let completed = [0, 0, 0, 1, 0x67, 9, 0, 0, 0, 1, 0x68, 7, 0, 0, 0, 1, 0x65, 2];
        assert_eq!(parameters.complete(second), completed);
        assert!(!is_key(&read(&[&[0x41, 2]]).unwrap()));
    }

    #[test]
    fn only_what_says_so_begins_a_picture_for_sure() {
        assert!(surely_begins(&[0x78, 0, 2, 0x67, 9]));
        assert!(surely_begins(&[0x09, 0x10]));
        assert!(!surely_begins(&[0x41, 1]));
        assert!(!surely_begins(&[0x78, 0]));
    }
}
