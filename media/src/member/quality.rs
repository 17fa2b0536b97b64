//! How well everybody's picture and voice arrive, in three words (H4), from the scores that the worker gives.

use super::MemberMedia;
use mediasoup::prelude::*;
use protocol::signalling::{Consumer as ConsumerMessage, PersonQuality, Quality};
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a browser was told, and what may make it news.
#[derive(Default)]
pub(super) struct Watch {
    /// A score has changed since the last look. Most seconds none has, in most rooms.
    changed: Arc<AtomicBool>,
    /// Whose a consumer is.
    persons: HashMap<String, Arc<str>>,
    /// Everybody who is not good.
    told: HashMap<Arc<str>, Quality>,
}

impl Watch {
    pub fn watch(&mut self, message: &ConsumerMessage, consumer: &Consumer) {
        self.persons.insert(message.id.clone(), message.person.as_str().into());
        let changed = Arc::clone(&self.changed);
        consumer.on_score(move |_| changed.store(true, Ordering::Relaxed)).detach();
    }

    pub fn watch_own(&self, producer: &Producer) {
        let changed = Arc::clone(&self.changed);
        producer.on_score(move |_| changed.store(true, Ordering::Relaxed)).detach();
    }

    pub fn forget(&mut self, consumer: &str) {
        self.persons.remove(consumer);
        self.changed.store(true, Ordering::Relaxed);
    }

    /// What is news, when these are the lowest scores now of all who are received or send. Who is not among them, or has a score
    /// of none, is as before.
    fn news(&mut self, now: &HashMap<Arc<str>, Option<u8>>) -> Vec<PersonQuality> {
        // Who went off the screen, or lost the connection, comes back as good as anybody.
        let gone = self.told.extract_if(|person, _| !now.contains_key(person));
        let good = |person: Arc<str>| PersonQuality { person: person.to_string(), quality: Quality::Good };
        let mut news: Vec<PersonQuality> = gone.map(|(person, _)| good(person)).collect();
        for (person, score) in now {
            let before = self.told.get(person).copied().unwrap_or_default();
            let quality = score.map_or(before, |score| next(before, score));
            if quality == before {
                continue;
            }
            if quality == Quality::Good {
                self.told.remove(person);
            } else {
                self.told.insert(Arc::clone(person), quality);
            }
            news.push(PersonQuality { person: person.to_string(), quality });
        }
        news
    }
}

impl MemberMedia {
    /// What `me` has to be told of the quality of everybody, themselves included. Not to be asked more than once a second.
    pub fn quality_news(&mut self, me: &Arc<str>) -> Vec<PersonQuality> {
        if !self.quality.changed.swap(false, Ordering::Relaxed) {
            return Vec::new();
        }
        let mut now: HashMap<Arc<str>, Option<u8>> = HashMap::new();
        let mut add = |person: &Arc<str>, scores: &mut dyn Iterator<Item = u8>| {
            let lowest = now.entry(Arc::clone(person)).or_default();
            // A score of 0 says that nothing comes, which is so of who is muted or paused as well, and no quality. A network that
            // fails has passed through the scores above it.
            *lowest = scores.filter(|score| *score > 0).chain(*lowest).min();
        };
        for (id, person) in &self.quality.persons {
            if let Some(consumer) = self.consumers.get(id).filter(|consumer| !consumer.paused()) {
                let score = consumer.score();
                add(person, &mut [score.score, score.producer_score].into_iter());
            } else {
                add(person, &mut [].into_iter());
            }
        }
        for producer in self.producers.values() {
            add(me, &mut producer.score().into_iter().map(|stream| stream.score));
        }
        self.quality.news(&now)
    }
}

/// The quality at a score of 1 to 10, where it was `before`: getting better takes a better score than staying, so that it does
/// not go to and fro.
fn next(before: Quality, score: u8) -> Quality {
    let (fair, good) = match before {
        Quality::Good => (4, 7),
        Quality::Fair => (4, 9),
        Quality::Poor => (6, 9),
    };
    if score >= good {
        Quality::Good
    } else if score >= fair {
        Quality::Fair
    } else {
        Quality::Poor
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn through(scores: &[u8]) -> Vec<Quality> {
        let mut quality = Quality::Good;
        scores
            .iter()
            .map(|score| {
                quality = next(quality, *score);
                quality
            })
            .collect()
    }

    #[test]
    fn h4_a_score_becomes_one_of_three_words() {
        assert_eq!(through(&[10, 7]), [Quality::Good; 2]);
        assert_eq!(through(&[6, 3]), [Quality::Fair, Quality::Poor]);
        assert_eq!(through(&[1]), [Quality::Poor]);
    }

    #[test]
    fn h4_around_a_border_it_does_not_go_to_and_fro() {
        assert_eq!(
            through(&[7, 6, 7, 6, 8]),
            [Quality::Good, Quality::Fair, Quality::Fair, Quality::Fair, Quality::Fair]
        );
        assert_eq!(through(&[6, 9]), [Quality::Fair, Quality::Good]);
        assert_eq!(
            through(&[3, 4, 5, 3, 6]),
            [Quality::Poor, Quality::Poor, Quality::Poor, Quality::Poor, Quality::Fair]
        );
    }

    fn now(scores: &[(&str, Option<u8>)]) -> HashMap<Arc<str>, Option<u8>> {
        scores.iter().map(|(person, score)| (Arc::from(*person), *score)).collect()
    }

    fn told(news: &[PersonQuality]) -> Vec<(&str, Quality)> {
        news.iter().map(|one| (one.person.as_str(), one.quality)).collect()
    }

    #[test]
    fn h4_only_what_changed_is_news() {
        let mut watch = Watch::default();
        assert!(watch.news(&now(&[("ada", Some(10))])).is_empty(), "good is what everybody is at first");
        assert_eq!(told(&watch.news(&now(&[("ada", Some(2)), ("bob", Some(10))]))), [("ada", Quality::Poor)]);
        assert!(watch.news(&now(&[("ada", Some(2))])).is_empty());
        assert!(watch.news(&now(&[("ada", None)])).is_empty(), "who is muted is as before");
        assert_eq!(told(&watch.news(&now(&[("ada", Some(10))]))), [("ada", Quality::Good)]);
    }

    #[test]
    fn h4_who_comes_back_is_good_until_something_is_heard() {
        let mut watch = Watch::default();
        watch.news(&now(&[("ada", Some(2))]));
        assert_eq!(told(&watch.news(&now(&[]))), [("ada", Quality::Good)]);
        assert!(watch.news(&now(&[("ada", None)])).is_empty());
        assert_eq!(told(&watch.news(&now(&[("ada", Some(2))]))), [("ada", Quality::Poor)]);
    }
}
