//! Saving what somebody else may save as well (B10): what was typed is put on top of what they saved, and only of a field that
//! both changed the person hears, before anything of either is lost.

use super::form::Meets;
use crate::api::{Code, Failure};
use std::future::Future;

/// How often a change is sent: others may save again and again.
const TRIES: u32 = 5;

/// What a form began with: what the server had, in which version.
#[derive(Clone, Debug, PartialEq)]
pub struct Base<Typed> {
    pub typed: Typed,
    pub version: i32,
}

/// What became of a change, with what the server has now.
#[derive(Debug, PartialEq)]
pub enum Outcome<Now> {
    Saved(Now),
    /// Nothing is saved: both changed the same field.
    Met(Now),
}

/// Sends what was `typed` for the version that it was typed on. Where the server has a newer one, `read` fetches it, and what was
/// typed is merged with it and sent again: a version says that something is another one, not that it is in this form.
pub async fn save<Typed: Meets, Now, Sending, Reading>(
    mut typed: Typed,
    mut base: Base<Typed>,
    send: impl Fn(&Typed, &Base<Typed>) -> Sending,
    read: impl Fn() -> Reading,
    base_of: impl Fn(&Now) -> Base<Typed>,
) -> Result<Outcome<Now>, Failure>
where
    Sending: Future<Output = Result<Now, Failure>>,
    Reading: Future<Output = Result<Now, Failure>>,
{
    for _ in 1..TRIES {
        match send(&typed, &base).await {
            Err(failure) if failure.code() == Some(Code::Conflict) => {}
            answer => return answer.map(Outcome::Saved),
        }
        let now = read().await?;
        let theirs = base_of(&now);
        let (merged, both) = typed.merge(&base.typed, &theirs.typed);
        if !both.is_empty() {
            return Ok(Outcome::Met(now));
        }
        (typed, base) = (merged, theirs);
    }
    send(&typed, &base).await.map(Outcome::Saved)
}

#[cfg(test)]
mod tests {
    use super::super::form::Meeting;
    use super::*;
    use std::cell::{Cell, RefCell};
    use std::future::ready;
    use std::pin::pin;
    use std::task::{Context, Poll, Waker};

    /// Title and description.
    type Typed = [String; 2];

    fn typed(title: &str, description: &str) -> Typed {
        [title.to_owned(), description.to_owned()]
    }

    fn base(title: &str, description: &str, version: i32) -> Base<Typed> {
        Base { typed: typed(title, description), version }
    }

    impl Meets for Typed {
        fn meet(&self, base: &Typed, theirs: &Typed, meeting: &mut Meeting) -> Typed {
            let title = meeting.pick("title", &self[0], &base[0], &theirs[0]);
            let description = meeting.pick("description", &self[1], &base[1], &theirs[1]);
            [title, description]
        }
    }

    fn conflict() -> Failure {
        Failure::Refused { code: Code::Conflict, problems: Vec::new() }
    }

    type Saved = Result<Outcome<Base<Typed>>, Failure>;

    /// Saves `mine`, typed on version 1 of "a" and "b", where the server has `theirs`; gives what was sent as well.
    fn saved(mine: Typed, theirs: Base<Typed>) -> (Saved, Vec<(Typed, i32)>) {
        let sent = RefCell::new(Vec::new());
        let send = |typed: &Typed, base: &Base<Typed>| {
            sent.borrow_mut().push((typed.clone(), base.version));
            let fits = base.version == theirs.version;
            ready(if fits { Ok(Base { typed: typed.clone(), version: base.version + 1 }) } else { Err(conflict()) })
        };
        let read = || ready(Ok(theirs.clone()));
        let outcome = at_once(save(mine, base("a", "b", 1), send, read, Base::clone));
        (outcome, sent.into_inner())
    }

    /// Nothing here waits.
    fn at_once<T>(future: impl Future<Output = T>) -> T {
        match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(value) => value,
            Poll::Pending => panic!("something waits"),
        }
    }

    #[test]
    fn b10_what_nobody_else_changed_is_sent_once() {
        let (outcome, sent) = saved(typed("mine", "b"), base("a", "b", 1));
        assert_eq!(outcome, Ok(Outcome::Saved(base("mine", "b", 2))));
        assert_eq!(sent, [(typed("mine", "b"), 1)]);
    }

    #[test]
    fn b10_another_field_of_somebody_else_stays_and_nobody_is_asked() {
        let (outcome, sent) = saved(typed("mine", "b"), base("a", "theirs", 4));
        assert_eq!(outcome, Ok(Outcome::Saved(base("mine", "theirs", 5))));
        assert_eq!(sent, [(typed("mine", "b"), 1), (typed("mine", "theirs"), 4)]);
    }

    #[test]
    fn b10_a_version_that_moved_for_something_else_asks_nobody() {
        let (outcome, sent) = saved(typed("mine", "b"), base("a", "b", 3));
        assert_eq!(outcome, Ok(Outcome::Saved(base("mine", "b", 4))));
        assert_eq!(sent.len(), 2);
    }

    #[test]
    fn b10_a_field_that_both_changed_is_not_sent_over_theirs() {
        let (outcome, sent) = saved(typed("mine", "b"), base("theirs", "b", 2));
        assert_eq!(outcome, Ok(Outcome::Met(base("theirs", "b", 2))));
        assert_eq!(sent, [(typed("mine", "b"), 1)], "only for the version that it was typed on");
        let (outcome, _) = saved(typed("same", "b"), base("same", "b", 2));
        assert_eq!(outcome, Ok(Outcome::Saved(base("same", "b", 3))), "they agree");
    }

    #[test]
    fn b10_a_field_that_one_goes_on_typing_in_is_not_sent_over_what_somebody_else_saved_of_it() {
        // The title was sent; the description is typed meanwhile, and theirs was saved along.
        let (began, sent, now) = (typed("a", "b"), typed("mine", "b"), typed("mine", "typed on"));
        let settled = now.settle(&began, &sent, &typed("mine", "theirs"));
        assert_eq!(settled, (typed("mine", "typed on"), vec!["description"]));
        let settled = now.settle(&began, &sent, &typed("mine", "b"));
        assert_eq!(settled, (typed("mine", "typed on"), vec![]), "nobody else changed it");
        let settled = sent.settle(&began, &sent, &typed("mine", "theirs"));
        assert_eq!(settled, (typed("mine", "theirs"), vec![]), "this person typed nothing in it");
    }

    #[test]
    fn b10_what_the_server_wrote_more_neatly_is_nobody_elses() {
        let (began, sent) = (typed("a", "b"), typed(" mine ", "b"));
        let neat = typed("mine", "b");
        assert_eq!(sent.settle(&began, &sent, &neat), (neat.clone(), vec![]));
        let on = typed(" mine and more", "b");
        assert_eq!(on.settle(&began, &sent, &neat), (on.clone(), vec![]));
    }

    #[test]
    fn b10_who_is_overtaken_again_and_again_is_told() {
        let (version, tries) = (Cell::new(1), Cell::new(0));
        let send = |_: &Typed, _: &Base<Typed>| {
            tries.set(tries.get() + 1);
            ready(Err::<Base<Typed>, _>(conflict()))
        };
        let read = || {
            version.set(version.get() + 1);
            ready(Ok(base("a", "b", version.get())))
        };
        let outcome = at_once(save(typed("mine", "b"), base("a", "b", 1), send, read, Base::clone));
        assert_eq!((outcome, tries.get()), (Err(conflict()), TRIES));
    }

    #[test]
    fn b10_another_refusal_is_told_at_once() {
        let gone = || Failure::Refused { code: Code::NotFound, problems: Vec::new() };
        let send = |_: &Typed, _: &Base<Typed>| ready(Err::<Base<Typed>, _>(gone()));
        let read = || -> std::future::Ready<Result<Base<Typed>, Failure>> { panic!("there is nothing to read") };
        let outcome = at_once(save(typed("mine", "b"), base("a", "b", 1), send, read, Base::clone));
        assert_eq!(outcome, Err(gone()));
    }
}
