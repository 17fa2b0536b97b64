//! How many files this process may have open: as many as its system lets it. Fifty people who are recorded take a hundred, twice that
//! while one block follows another (K3), and many systems begin with a thousand for all sessions and connections together.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Raises the soft limit to the hard one, for this process and what it starts.
pub fn raise() {
    let Rlimit { current, maximum } = getrlimit(Resource::Nofile);
    if current == maximum {
        return;
    }
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::warn!(%error, ?current, "no more files may be open at the same time");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_files_may_be_open_as_the_system_allows() {
        let before = getrlimit(Resource::Nofile);
        let few = before.current.map_or(900, |current| current.min(900));
        setrlimit(Resource::Nofile, Rlimit { current: Some(few), ..before }).unwrap();
        raise();
        assert_eq!(getrlimit(Resource::Nofile).current, before.maximum);
    }
}
