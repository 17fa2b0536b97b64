//! What a timeline says of a block as a whole, for one that was cut off by a crash (K6).

use protocol::recording::BlockEnd;
use protocol::timeline::{Event, Line, TIMELINE};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// When the timeline in a block's folder begins: that is where the file begins. Nothing else of it is read.
pub fn began(folder: &Path) -> Option<i64> {
    let mut line = Vec::new();
    BufReader::new(File::open(folder.join(TIMELINE)).ok()?).read_until(b'\n', &mut line).ok()?;
    let Line { at, event } = serde_json::from_slice(&line).ok()?;
    matches!(event, Event::Begin { .. }).then_some(at)
}

/// All times are microseconds since 1970.
#[derive(Debug, Default, PartialEq)]
pub struct Summary {
    pub session: String,
    pub began: i64,
    /// What was said of its end, if that was written still.
    pub end: Option<BlockEnd>,
    /// When the last line was written.
    pub last: i64,
    /// How long somebody was on screen, without those who are.
    shown: i64,
    /// Since when somebody is.
    since: Option<i64>,
    /// Since when nobody is.
    empty: Option<i64>,
}

impl Summary {
    /// Of the timeline in a block's folder; none when it has not even a beginning.
    pub fn read(folder: &Path) -> Option<Self> {
        Self::of(BufReader::new(File::open(folder.join(TIMELINE)).ok()?))
    }

    fn of(timeline: impl BufRead) -> Option<Self> {
        // Whatever is damaged, or was not written to its end, is left out.
        let lines = timeline.split(b'\n').map_while(Result::ok);
        let lines = lines.filter_map(|line| serde_json::from_slice::<Line>(&line).ok());
        let mut summary = None;
        for Line { at, event } in lines {
            if let Event::Begin { session, .. } = event {
                summary.get_or_insert(Self { session, began: at, last: at, ..Self::default() });
            } else if let Some(summary) = &mut summary {
                summary.add(at, &event);
            }
        }
        summary
    }

    fn add(&mut self, at: i64, event: &Event) {
        self.last = self.last.max(at);
        match event {
            Event::OnScreen { speakers } if speakers.is_empty() => self.stop(at),
            Event::OnScreen { .. } => (self.since, self.empty) = (self.since.or(Some(at)), None),
            Event::End { end } => self.end = Some(*end),
            _ => {}
        }
    }

    fn stop(&mut self, at: i64) {
        self.shown += self.since.take().map_or(0, |since| at - since);
        self.empty = self.empty.or(Some(at));
    }

    /// Since when nobody is on screen, of a block that waits for somebody: nothing but the end of a process has ended it.
    pub fn left(&self) -> Option<i64> {
        self.empty.filter(|_| matches!(self.end, None | Some(BlockEnd::Restarted)))
    }

    /// How long somebody was on screen until it ended.
    pub fn shown_until(&self, end: i64) -> i64 {
        self.shown + self.since.map_or(0, |since| (end - since).max(0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use protocol::room::Speaker;

    fn line(at: i64, event: Event) -> String {
        serde_json::to_string(&Line { at, event }).unwrap() + "\n"
    }

    fn begin(at: i64) -> String {
        line(at, Event::Begin { version: 1, block: "B".into(), session: "session:a".into() })
    }

    fn on_screen(at: i64, people: usize) -> String {
        let speaker = |number: usize| Speaker {
            person: number.to_string(),
            name: number.to_string(),
            sources: Vec::new(),
            muted: Vec::new(),
            lost: false,
        };
        line(at, Event::OnScreen { speakers: (0..people).map(speaker).collect() })
    }

    fn of(text: &str) -> Option<Summary> {
        Summary::of(text.as_bytes())
    }

    /// K2: empty time does not count.
    #[test]
    fn k2_only_the_time_with_somebody_on_screen_counts() {
        let text = [begin(100), on_screen(110, 1), on_screen(120, 2), on_screen(150, 0), on_screen(190, 1)].concat();
        let summary = of(&text).unwrap();
        assert_eq!((summary.session.as_str(), summary.began, summary.last), ("session:a", 100, 190));
        assert_eq!((summary.shown_until(200), summary.shown_until(190), summary.end), (50, 40, None));
    }

    #[test]
    fn the_end_is_known_when_it_was_written() {
        let text = [begin(100), on_screen(100, 1), line(130, Event::End { end: BlockEnd::Length })].concat();
        let summary = of(&text).unwrap();
        assert_eq!((summary.end, summary.last), (Some(BlockEnd::Length), 130));
    }

    /// K2: the end of a process ends no silence; that of the hour does.
    #[test]
    fn k2_a_block_waits_since_the_last_one_left() {
        let left = |events: &[String]| of(&events.concat()).unwrap().left();
        let silent = [begin(100), on_screen(100, 1), on_screen(120, 0)];
        let ended = |end| line(130, Event::End { end });
        assert_eq!((left(&silent), left(&silent[..2])), (Some(120), None));
        assert_eq!(left(&[silent.concat(), ended(BlockEnd::Restarted)]), Some(120));
        assert_eq!(left(&[silent.concat(), ended(BlockEnd::Silence)]), None);
        assert_eq!(left(&[silent.concat(), on_screen(140, 1)]), None, "somebody came back");
    }

    /// K6: a crash costs the last line at most.
    #[test]
    fn k6_a_line_that_was_cut_off_is_left_out() {
        let whole = [begin(100), on_screen(110, 1)].concat();
        let summary = of(&(whole.clone() + r#"{"at":150,"event":"onScr"#)).unwrap();
        assert_eq!(summary, of(&whole).unwrap());
        assert_eq!(of(r#"{"at":100,"event":"beg"#), None);
        assert_eq!(of(""), None);
    }
}
