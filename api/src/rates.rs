//! How often. Keys are account and address together: a stranger cannot lock an account out, and an office that shares
//! one address is not locked out by one person.

use crate::error::{Error, Result};
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, NotUntil, Quota, RateLimiter};
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::time::Duration;

pub struct Rates {
    sign_in: DefaultKeyedRateLimiter<(String, IpAddr)>,
    sign_in_of_address: DefaultKeyedRateLimiter<IpAddr>,
    sign_up_of_address: DefaultKeyedRateLimiter<IpAddr>,
    writes: DefaultKeyedRateLimiter<(String, IpAddr)>,
    links: DefaultKeyedRateLimiter<(String, IpAddr)>,
    own_sessions: DefaultKeyedRateLimiter<String>,
    messages: DefaultKeyedRateLimiter<String>,
    reactions: DefaultKeyedRateLimiter<String>,
    mails: DefaultKeyedRateLimiter<(String, IpAddr)>,
    mails_of_address: DefaultKeyedRateLimiter<IpAddr>,
    mails_to: DefaultKeyedRateLimiter<String>,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            sign_in: limiter(10, Duration::from_secs(30)),
            sign_in_of_address: limiter(600, Duration::from_millis(100)),
            sign_up_of_address: limiter(600, Duration::from_millis(500)),
            writes: limiter(300, Duration::from_millis(100)),
            links: limiter(30, Duration::from_secs(5)),
            own_sessions: limiter(5, Duration::from_secs(60)),
            messages: limiter(20, Duration::from_secs(1)),
            reactions: limiter(30, Duration::from_millis(500)),
            mails: limiter(30, Duration::from_secs(20)),
            mails_of_address: limiter(300, Duration::from_secs(1)),
            mails_to: limiter(5, Duration::from_secs(300)),
        }
    }
}

impl Rates {
    /// Before a password is looked at: 10 tries for an address and email, then one every 30 s.
    pub fn sign_in(&self, email: &str, from: IpAddr) -> Result<()> {
        check(&self.sign_in_of_address, &network(from))?;
        check(&self.sign_in, &(email.to_owned(), network(from)))
    }

    /// Before an account is made.
    pub fn sign_up(&self, from: IpAddr) -> Result<()> {
        check(&self.sign_up_of_address, &network(from))
    }

    /// Before `count` mutations. `who` is the account, or empty for who is not signed in.
    pub fn write(&self, who: &str, from: IpAddr, count: NonZeroU32) -> Result<()> {
        match self.writes.check_key_n(&(who.to_owned(), network(from)), count) {
            Ok(checked) => checked.map_err(refused),
            Err(_more_than_ever) => Err(Error::RateLimited { seconds: 60 }),
        }
    }

    /// Before the secret part of a link is compared (C4): 30 times, then once in 5 s. `who` as for [`Self::write`].
    pub fn link(&self, who: &str, from: IpAddr) -> Result<()> {
        check(&self.links, &(who.to_owned(), network(from)))
    }

    /// Before an attendee makes a session (N2): 5 times, then once a minute, from wherever they do it.
    pub fn own_session(&self, who: &str) -> Result<()> {
        check(&self.own_sessions, &who.to_owned())
    }

    /// Before a message is sent (I1): 20 at once, then one a second, from wherever the person writes.
    pub fn message(&self, who: &str) -> Result<()> {
        check(&self.messages, &who.to_owned())
    }

    /// Before somebody reacts to a message, or takes that back: 30 at once, then two a second.
    pub fn reaction(&self, who: &str) -> Result<()> {
        check(&self.reactions, &who.to_owned())
    }

    /// Before a mail is written that somebody asked for: 30 for who is signed in and their address, then one every 20 s; 5 for
    /// whoever gets them, then one every 5 minutes. Of who is not signed in (`who` is empty) only the address counts, and more
    /// generously: before an event, a whole office asks for its links. Whether the recipient exists makes no difference.
    pub fn mail(&self, who: &str, from: IpAddr, to: &str) -> Result<()> {
        check(&self.mails_of_address, &network(from))?;
        if !who.is_empty() {
            check(&self.mails, &(who.to_owned(), network(from)))?;
        }
        check(&self.mails_to, &to.to_owned())
    }

    /// Before the token of a mail is looked up. It cannot be guessed; this is for the database's sake.
    pub fn mail_token(&self, from: IpAddr) -> Result<()> {
        check(&self.sign_in_of_address, &network(from))
    }

    /// Forgets who has been quiet, so that the tables do not grow for ever.
    pub fn tidy(&self) {
        self.sign_in.retain_recent();
        self.sign_in_of_address.retain_recent();
        self.sign_up_of_address.retain_recent();
        self.writes.retain_recent();
        self.links.retain_recent();
        self.own_sessions.retain_recent();
        self.messages.retain_recent();
        self.reactions.retain_recent();
        self.mails.retain_recent();
        self.mails_of_address.retain_recent();
        self.mails_to.retain_recent();
    }
}

/// `burst` at once, then one every `period`.
fn limiter<K: Hash + Eq + Clone>(burst: u32, period: Duration) -> DefaultKeyedRateLimiter<K> {
    let burst = NonZeroU32::new(burst).expect("a burst is above 0");
    RateLimiter::keyed(Quota::with_period(period).expect("a period is above 0").allow_burst(burst))
}

fn check<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<()> {
    limiter.check_key(key).map_err(refused)
}

fn refused(until: NotUntil<<DefaultClock as Clock>::Instant>) -> Error {
    let wait = until.wait_time_from(DefaultClock::default().now());
    Error::RateLimited { seconds: wait.as_secs() + 1 }
}

/// What counts as one address: of IPv6 the network, since whoever has one address there has 2⁶⁴ of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrong_passwords_are_limited_without_locking_out_another_address() {
        let rates = Rates::default();
        let (here, there) = ("192.0.2.1".parse().unwrap(), "192.0.2.2".parse().unwrap());
        for _ in 0..10 {
            assert_eq!(rates.sign_in("ada@example.org", here), Ok(()));
        }
        assert!(matches!(rates.sign_in("ada@example.org", here), Err(Error::RateLimited { .. })));
        assert_eq!(rates.sign_in("ada@example.org", there), Ok(()));
        assert_eq!(rates.sign_in("bob@example.org", here), Ok(()));
    }

    #[test]
    fn the_addresses_of_one_ipv6_network_are_one() {
        let rates = Rates::default();
        for host in 1..=10 {
            assert_eq!(rates.sign_in("ada@example.org", format!("2001:db8::{host}").parse().unwrap()), Ok(()));
        }
        assert!(rates.sign_in("ada@example.org", "2001:db8::11".parse().unwrap()).is_err());
        assert_eq!(rates.sign_in("ada@example.org", "2001:db8:0:1::1".parse().unwrap()), Ok(()));
    }

    #[test]
    fn nobody_is_flooded_with_mail_also_from_many_addresses() {
        let rates = Rates::default();
        for host in 1..=5 {
            assert_eq!(rates.mail("", format!("192.0.2.{host}").parse().unwrap(), "ada@example.org"), Ok(()));
        }
        let other = "192.0.2.6".parse().unwrap();
        assert!(matches!(rates.mail("", other, "ada@example.org"), Err(Error::RateLimited { .. })));
        assert_eq!(rates.mail("", other, "bob@example.org"), Ok(()));
    }

    #[test]
    fn one_account_does_not_send_mail_to_everybody() {
        let rates = Rates::default();
        let here = "192.0.2.1".parse().unwrap();
        for number in 0..30 {
            assert_eq!(rates.mail("account:1", here, &format!("{number}@example.org")), Ok(()));
        }
        assert!(rates.mail("account:1", here, "more@example.org").is_err());
        assert_eq!(rates.mail("account:2", here, "more@example.org"), Ok(()));
    }

    #[test]
    fn each_mutation_of_a_document_counts() {
        let rates = Rates::default();
        let here = "192.0.2.1".parse().unwrap();
        let many = NonZeroU32::new(100).unwrap();
        for _ in 0..3 {
            assert_eq!(rates.write("account:1", here, many), Ok(()));
        }
        assert!(rates.write("account:1", here, many).is_err());
    }
}
