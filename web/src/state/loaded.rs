//! Something that is fetched: on its way, here, or refused.

use crate::api::Failure;

#[derive(Clone, Debug, PartialEq)]
pub enum Loaded<T> {
    Waiting,
    Here(T),
    Failed(Failure),
}

impl<T> Loaded<T> {
    pub fn here(&self) -> Option<&T> {
        if let Loaded::Here(value) = self { Some(value) } else { None }
    }

    pub fn here_mut(&mut self) -> Option<&mut T> {
        if let Loaded::Here(value) = self { Some(value) } else { None }
    }

    /// What is made of it where it is here.
    pub fn map<U>(&self, make: impl FnOnce(&T) -> U) -> Loaded<U> {
        match self {
            Loaded::Waiting => Loaded::Waiting,
            Loaded::Here(value) => Loaded::Here(make(value)),
            Loaded::Failed(failure) => Loaded::Failed(failure.clone()),
        }
    }

    /// Takes the answer of a later fetch. What is shown stays when only the network or the server's strength failed: old
    /// is better than nothing. Says whether it took the answer.
    pub fn refresh(&mut self, answer: Result<T, Failure>) -> bool {
        match answer {
            Ok(value) => *self = Loaded::Here(value),
            Err(failure) if self.here().is_some() && failure.is_passing() => return false,
            Err(failure) => *self = Loaded::Failed(failure),
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::api::Code;

    #[test]
    fn what_is_shown_survives_a_lost_network_but_not_a_refusal() {
        let mut loaded = Loaded::Waiting;
        assert!(loaded.refresh(Ok(1)));
        let busy = Failure::Refused { code: Code::Unavailable, problems: Vec::new() };
        for passing in [Failure::Offline, Failure::Garbled, busy] {
            assert!(!loaded.refresh(Err(passing)), "nobody is told of it: pages may know newer things by now");
            assert_eq!(loaded, Loaded::Here(1));
        }
        let refused = Failure::Refused { code: Code::NotFound, problems: Vec::new() };
        assert!(loaded.refresh(Err(refused.clone())));
        assert_eq!(loaded, Loaded::Failed(refused));
        assert_eq!(Loaded::<i32>::Waiting.here(), None);
    }
}
