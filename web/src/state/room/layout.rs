//! How a person wants to see the stage (H3): their own choice, remembered by their browser.

/// Screens are large in every layout, and what a person pins is larger than anything.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// Everybody alike as long as faces can be recognised, and whoever speaks large beyond that.
    #[default]
    Automatic,
    Grid,
    /// Whoever speaks is large, the others stand in a strip.
    Speaker,
}

impl Layout {
    /// In the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::Automatic, Self::Grid, Self::Speaker];

    /// How it is remembered.
    pub fn name(self) -> &'static str {
        match self {
            Self::Automatic => "automatic",
            Self::Grid => "grid",
            Self::Speaker => "speaker",
        }
    }

    /// What was remembered; something unknown is as good as nothing.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|layout| layout.name() == name)
    }

    /// The one after it, around.
    pub fn next(self) -> Self {
        match self {
            Self::Automatic => Self::Grid,
            Self::Grid => Self::Speaker,
            Self::Speaker => Self::Automatic,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn h3_a_choice_is_remembered_by_its_name() {
        assert!(Layout::ALL.into_iter().all(|layout| Layout::named(layout.name()) == Some(layout)));
        assert_eq!(Layout::named("mosaic"), None);
    }

    #[test]
    fn h3_one_key_leads_through_all_layouts() {
        let first = Layout::default();
        assert_eq!([first, first.next(), first.next().next()], Layout::ALL);
        assert_eq!(first.next().next().next(), first);
    }
}
