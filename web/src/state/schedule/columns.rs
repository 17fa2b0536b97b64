//! Segments that are on at the same time stand beside each other.

/// Where something stands: in which column, and of how many.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub column: usize,
    pub of: usize,
}

/// A place for each of these, given from when to when it is drawn. What begins earlier, or at the same time and is longer,
/// stands further left; those that hang together share the width evenly.
pub fn places(drawn: &[(i32, i32)]) -> Vec<Place> {
    let mut order: Vec<usize> = (0..drawn.len()).collect();
    order.sort_by_key(|index| (drawn[*index].0, -drawn[*index].1));
    let mut places = vec![Place { column: 0, of: 1 }; drawn.len()];
    let mut group = Group::default();
    for index in order {
        let (from, to) = drawn[index];
        if from >= group.end {
            group.close(&mut places);
        }
        places[index].column = group.take(index, from, to);
    }
    group.close(&mut places);
    places
}

/// Those that hang together, as far as they are placed.
#[derive(Default)]
struct Group {
    members: Vec<usize>,
    /// When each column is free again.
    columns: Vec<i32>,
    end: i32,
}

impl Group {
    /// The first free column.
    fn take(&mut self, index: usize, from: i32, to: i32) -> usize {
        self.members.push(index);
        self.end = self.end.max(to);
        match self.columns.iter().position(|free| *free <= from) {
            Some(column) => {
                self.columns[column] = to;
                column
            }
            None => {
                self.columns.push(to);
                self.columns.len() - 1
            }
        }
    }

    fn close(&mut self, places: &mut [Place]) {
        for member in self.members.drain(..) {
            places[member].of = self.columns.len();
        }
        self.columns.clear();
        self.end = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(drawn: &[(i32, i32)]) -> Vec<(usize, usize)> {
        places(drawn).into_iter().map(|place| (place.column, place.of)).collect()
    }

    #[test]
    fn f7_one_after_the_other_has_the_whole_width() {
        assert_eq!(shown(&[(60, 120), (0, 60), (120, 180)]), [(0, 1), (0, 1), (0, 1)]);
        assert_eq!(shown(&[]), []);
    }

    #[test]
    fn f7_what_overlaps_stands_side_by_side_and_a_free_column_is_used_again() {
        // The long one stays on the left; the other two share the column beside it.
        assert_eq!(shown(&[(0, 60), (60, 120), (0, 120)]), [(1, 2), (1, 2), (0, 2)]);
    }

    #[test]
    fn f7_only_those_that_hang_together_share_the_width() {
        let drawn = [(0, 30), (0, 30), (0, 30), (30, 90), (80, 100)];
        assert_eq!(shown(&drawn), [(0, 3), (1, 3), (2, 3), (0, 2), (1, 2)]);
    }
}
