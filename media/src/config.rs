//! Configuration from the environment.

use protocol::signalling::SILENCE_SECONDS;
use std::net::{IpAddr, Ipv4Addr, UdpSocket};
use std::path::PathBuf;
use std::time::Duration;

/// A worker forwards 25,000 to 30,000 packets a second, and somebody who watches one camera gets 170 of them.
const ROUTER_MEMBERS: usize = 150;

/// The tracks of the next block are opened two seconds before one is full, and that takes packets for two seconds longer (K3).
const LEAST_BLOCK: u64 = 4;

/// A render tells of each percent; the slowest that there may be takes minutes for one.
const RENDER_SILENCE: Duration = Duration::from_secs(600);

/// Of a recording of a moment a render has hardly anything to do but to begin.
const RENDER_SPARE: Duration = Duration::from_secs(600);

#[derive(Clone, Debug)]
pub struct Config {
    /// `MEDIA_LISTEN`: address and port of the signalling; port 0 takes any free one.
    pub listen: String,
    /// `MEDIA_PUBLIC_URL`: where browsers reach the signalling. Unset: `:PORT/signalling` on the page's own host.
    pub public_url: Option<String>,
    /// `MEDIA_RTC_LISTEN`: the address that media packets come in at.
    pub rtc_listen: IpAddr,
    /// `MEDIA_RTC_PORT`: UDP and TCP port of the first worker, the others take the next ones; 0 takes any free ones.
    pub rtc_port: u16,
    /// `MEDIA_ANNOUNCED_ADDRESS`: the address or name that browsers are told to send packets to.
    pub announced_address: String,
    /// `MEDIA_WORKERS`: worker threads, one per core unless given.
    pub workers: usize,
    /// `API_LINK`: the link address of every api, separated by commas. None: nobody is told (tests).
    pub links: Vec<String>,
    /// `API_LINK_CERTIFICATE`: the digest of the certificate that an api of `wss://` links shows; an api that starts media
    /// sets it. Unset: the certificate must be valid for its name.
    pub link_certificate: Option<String>,
    /// `SECRET`: shared with the api.
    pub secret: String,
    /// `TLS_CERT` and `TLS_KEY`: PEM files.
    pub tls: Option<Tls>,
    /// `MAX_VIEWERS`: people in one room at the most (E3); hosts come in all the same.
    pub max_viewers: usize,
    /// `MEDIA_ROUTER_MEMBERS`: people of one room that one worker carries before the next ones come to another worker.
    pub router_members: usize,
    /// `MEDIA_RECORDINGS`: the folder where recordings lie until an api has them. Of one process alone.
    pub recordings: PathBuf,
    /// `RECORDING_BLOCK_SECONDS`: how long a block of a recording is at the most (K3).
    pub recording_block: Duration,
    /// `RECORDING_SILENCE_SECONDS`: for how long nobody may be on screen before recording stops (K2).
    pub recording_silence: Duration,
    /// `RENDERS`: recordings that are made into files at the same time.
    pub renders: usize,
    /// `FFMPEG`: the program with which that is done.
    pub ffmpeg: PathBuf,
    /// The program that does it, this one with other arguments. Not from the environment: tests have one of their own.
    pub renderer: PathBuf,
    /// After so long without a word from it, it is given up. Not from the environment: tests are less patient.
    pub render_silence: Duration,
    /// What one may take, beside a multiple of the recording's length. Not from the environment: tests are less patient.
    pub render_spare: Duration,
    /// After so long without a sign of life a browser is lost. Not from the environment: tests are less patient.
    pub silence: Duration,
}

#[derive(Clone, Debug)]
pub struct Tls {
    pub cert: PathBuf,
    pub key: PathBuf,
}

impl Config {
    /// An error says which variable is wrong or missing, and what to do.
    pub fn from_env() -> Result<Self, String> {
        Self::read(|name| std::env::var(name).ok())
    }

    fn read(variable: impl Fn(&str) -> Option<String>) -> Result<Self, String> {
        let get = |name: &str| variable(name).filter(|value| !value.trim().is_empty());
        let tls = match (get("TLS_CERT"), get("TLS_KEY")) {
            (None, None) => None,
            (Some(cert), Some(key)) => Some(Tls { cert: cert.into(), key: key.into() }),
            _ => return Err("TLS_CERT and TLS_KEY belong together: set both or none".into()),
        };
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let rtc_listen = match get("MEDIA_RTC_LISTEN") {
            None => IpAddr::V4(Ipv4Addr::UNSPECIFIED),
            Some(text) => text.parse().map_err(|_error| format!("MEDIA_RTC_LISTEN: {text} is no IP address"))?,
        };
        Ok(Self {
            listen: get("MEDIA_LISTEN").unwrap_or_else(|| "127.0.0.1:8081".into()),
            public_url: get("MEDIA_PUBLIC_URL"),
            rtc_listen,
            rtc_port: number(get("MEDIA_RTC_PORT"), "MEDIA_RTC_PORT", 24400)?,
            announced_address: get("MEDIA_ANNOUNCED_ADDRESS").unwrap_or_else(|| own_address().to_string()),
            workers: number(get("MEDIA_WORKERS"), "MEDIA_WORKERS", cores)?.max(1),
            links: get("API_LINK")
                .map(|list| list.split(',').map(|url| url.trim().to_owned()).collect())
                .unwrap_or_default(),
            link_certificate: get("API_LINK_CERTIFICATE"),
            secret: get("SECRET").ok_or("SECRET is not set: media needs the one of the api")?,
            tls,
            max_viewers: number(get("MAX_VIEWERS"), "MAX_VIEWERS", 5000)?,
            router_members: number(get("MEDIA_ROUTER_MEMBERS"), "MEDIA_ROUTER_MEMBERS", ROUTER_MEMBERS)?.max(1),
            recordings: get("MEDIA_RECORDINGS").map_or_else(|| "data/recordings".into(), PathBuf::from),
            recording_block: seconds(get("RECORDING_BLOCK_SECONDS"), "RECORDING_BLOCK_SECONDS", 7200, LEAST_BLOCK)?,
            recording_silence: seconds(get("RECORDING_SILENCE_SECONDS"), "RECORDING_SILENCE_SECONDS", 3600, 1)?,
            renders: number(get("RENDERS"), "RENDERS", 1)?.max(1),
            ffmpeg: get("FFMPEG").map_or_else(|| "ffmpeg".into(), PathBuf::from),
            renderer: std::env::current_exe().map_err(|error| format!("this program is not to be found: {error}"))?,
            render_silence: RENDER_SILENCE,
            render_spare: RENDER_SPARE,
            silence: Duration::from_secs(SILENCE_SECONDS),
        })
    }
}

fn number<N: std::str::FromStr>(value: Option<String>, name: &str, default: N) -> Result<N, String> {
    value.map_or(Ok(default), |text| text.parse().map_err(|_error| format!("{name}: {text} is no number that fits")))
}

fn seconds(value: Option<String>, name: &str, default: u64, least: u64) -> Result<Duration, String> {
    let seconds = number(value, name, default)?;
    if seconds < least {
        return Err(format!("{name}: {seconds} is too short, it takes {least} or more"));
    }
    Ok(Duration::from_secs(seconds))
}

/// The address that this machine sends from: the one that others in its network reach it at. Nothing is sent.
fn own_address() -> IpAddr {
    let toward_outside = || {
        let socket = UdpSocket::bind((Ipv4Addr::UNSPECIFIED, 0))?;
        socket.connect((Ipv4Addr::new(192, 0, 2, 1), 9))?;
        socket.local_addr()
    };
    toward_outside().map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The lengths of blocks and of silences, in seconds, with these variables and the secret.
    fn recording(variables: &[(&str, &str)]) -> Result<(u64, u64), String> {
        let all = [variables, &[("SECRET", "of both")]].concat();
        let value = |name: &str| all.iter().find(|(other, _)| *other == name).map(|(_, value)| (*value).to_owned());
        Config::read(value).map(|config| (config.recording_block.as_secs(), config.recording_silence.as_secs()))
    }

    #[test]
    fn k2_k3_blocks_last_two_hours_and_silence_one_unless_it_is_set_otherwise() {
        assert_eq!(recording(&[]), Ok((7200, 3600)));
        assert_eq!(recording(&[("RECORDING_BLOCK_SECONDS", " "), ("RECORDING_SILENCE_SECONDS", "")]), Ok((7200, 3600)));
        let short = [("RECORDING_BLOCK_SECONDS", "4"), ("RECORDING_SILENCE_SECONDS", "1")];
        assert_eq!(recording(&short), Ok((4, 1)));
        for (name, value) in [("RECORDING_BLOCK_SECONDS", "3"), ("RECORDING_SILENCE_SECONDS", "0")] {
            let said = recording(&[(name, value)]).unwrap_err();
            assert!(said.contains(name) && said.contains("too short"), "{said}");
        }
        let wrong = recording(&[("RECORDING_BLOCK_SECONDS", "two hours")]);
        assert!(wrong.is_err_and(|error| error.contains("RECORDING_BLOCK_SECONDS")));
    }
}
