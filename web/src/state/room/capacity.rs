//! How many can watch well, by how many are on screen (E3). It only warns: nobody is turned away by it.

/// Viewers whose picture and sound are good with so many seats in use.
pub fn comfortable(seats: u32) -> u32 {
    match seats {
        0 | 1 => 5_000,
        2..=4 => 3_000,
        5..=25 => 1_500,
        _ => 500,
    }
}

/// How the number of viewers compares with that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Load {
    Fine,
    /// From nine tenths on.
    Near,
    Over,
}

impl Load {
    pub fn of(viewers: u32, seats: u32) -> Self {
        let most = comfortable(seats);
        match viewers {
            viewers if viewers > most => Self::Over,
            viewers if viewers >= most / 10 * 9 => Self::Near,
            _ => Self::Fine,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn e3_viewers_by_seats_in_use() {
        let most = |seats: &[u32]| seats.iter().map(|seats| comfortable(*seats)).collect::<Vec<_>>();
        assert_eq!(most(&[0, 1]), [5_000, 5_000]);
        assert_eq!(most(&[2, 4]), [3_000, 3_000]);
        assert_eq!(most(&[5, 9, 10, 25]), [1_500; 4]);
        assert_eq!(most(&[26, 49, 50]), [500; 3]);
    }

    #[test]
    fn e3_the_meter_warns_before_and_beyond_the_number() {
        let loads = [0, 449, 450, 500, 501].map(|viewers| Load::of(viewers, 50));
        assert_eq!(loads, [Load::Fine, Load::Fine, Load::Near, Load::Near, Load::Over]);
        assert_eq!(Load::of(501, 1), Load::Fine, "with one on screen there is room for many more");
    }
}
