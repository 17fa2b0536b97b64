//! Configuration from the environment, with defaults that are safe on one machine.

use crate::files;
use crate::turn::Turn;
use std::collections::HashMap;
use std::ffi::OsString;
use std::net::IpAddr;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

/// Shorter secrets are refused in production.
const SECRET_CHARACTERS: usize = 32;

/// The secret that stands in examples: refused in production.
const EXAMPLE_SECRET: &str = "change-me-change-me-change-me-change-me";

#[derive(Clone)]
pub struct Config {
    /// `LISTEN`: address and port; port 0 takes any free one.
    pub listen: String,
    /// `PUBLIC_URL`: what people type, without a slash at its end. Unset: `http(s)://localhost:PORT`.
    pub public_url: Option<String>,
    /// `ROUNDTABLE_ENV=production`.
    pub production: bool,
    /// `DATA_DIR`: the folder with everything that must not be lost.
    pub data_dir: PathBuf,
    /// `DATABASE_URL`: `sqlite:PATH` or `postgres://…`.
    pub database_url: String,
    /// `DATABASE_CONNECTIONS`.
    pub database_connections: u32,
    /// `FILES_URL`: where files are kept, with `AWS_…` for a bucket.
    pub files: files::Place,
    /// `SECRET`: signs passes and opens the media link. Shared with media.
    pub secret: String,
    /// `WEB_DIR`: the built pages.
    pub web_dir: PathBuf,
    /// `TLS_CERT` and `TLS_KEY`: PEM files.
    pub tls: Option<Tls>,
    /// `TRUSTED_PROXIES`: addresses whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// `MEDIA_EXTERNAL=1`: media is started by somebody else.
    pub media_external: bool,
    /// `MEDIA_BIN`.
    pub media_bin: PathBuf,
    /// `DEMO=1`: seed the demo event into an empty database.
    pub demo: bool,
    /// `SMTP_URL` and `MAIL_FROM`.
    pub mail: MailRoute,
    /// `METRICS_TOKEN`: what a scraper sends as bearer; unset, `/metrics` answers on loopback only.
    pub metrics_token: Option<String>,
    /// `TURN_URLS` and `TURN_SECRET`.
    pub turn: Option<Turn>,
}

#[derive(Clone, Debug)]
pub struct Tls {
    pub cert: PathBuf,
    pub key: PathBuf,
}

/// Where mail goes.
#[derive(Clone)]
pub enum MailRoute {
    /// To a mail server.
    Smtp { url: String, from: String },
    /// Development: into a folder, which `/dev/mail` shows.
    Folder(PathBuf),
    /// Production without a mail server: it waits in the database.
    Kept,
}

impl Config {
    /// From the process's environment. Makes the data folder and, outside production, the secret in it.
    pub fn from_env() -> Result<Self, String> {
        let readable =
            |(name, value): (OsString, OsString)| Some((name.into_string().ok()?, value.into_string().ok()?));
        Self::from_map(&std::env::vars_os().filter_map(readable).collect())
    }

    /// From `env`, for tests.
    pub fn from_map(env: &HashMap<String, String>) -> Result<Self, String> {
        let get = |name: &str| env.get(name).map(|value| value.trim()).filter(|value| !value.is_empty());
        let flag = |name: &str| match get(name) {
            Some("1") => Ok(true),
            None | Some("0") => Ok(false),
            Some(_) => Err(format!("{name} must be 0 or 1")),
        };
        let production = match get("ROUNDTABLE_ENV") {
            None | Some("development") => false,
            Some("production") => true,
            Some(_) => return Err("ROUNDTABLE_ENV must be development or production".into()),
        };
        let data_dir = PathBuf::from(get("DATA_DIR").unwrap_or("data"));
        // Nobody else on the machine has to read it.
        std::fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&data_dir)
            .map_err(|error| format!("cannot make {}: {error}", data_dir.display()))?;
        let tls = match (get("TLS_CERT"), get("TLS_KEY")) {
            (None, None) => None,
            (Some(cert), Some(key)) => Some(Tls { cert: cert.into(), key: key.into() }),
            _ => return Err("TLS_CERT and TLS_KEY belong together: set both or none".into()),
        };
        if production && flag("DEMO")? {
            return Err("DEMO=1 makes accounts whose passwords everybody knows: not in production".into());
        }
        Ok(Self {
            listen: get("LISTEN").unwrap_or("127.0.0.1:8080").to_owned(),
            public_url: get("PUBLIC_URL").map(|url| url.trim_end_matches('/').to_owned()),
            production,
            database_url: match get("DATABASE_URL") {
                Some(url) => url.to_owned(),
                None => format!("sqlite:{}", data_dir.join("roundtable.db").display()),
            },
            database_connections: number(get("DATABASE_CONNECTIONS"), "DATABASE_CONNECTIONS", 8)?,
            files: files::Place::configured(get("FILES_URL"), env, &data_dir)?,
            secret: secret(get("SECRET"), production, &data_dir)?,
            web_dir: get("WEB_DIR").unwrap_or("web/dist").into(),
            tls,
            trusted_proxies: addresses(get("TRUSTED_PROXIES").unwrap_or_default())?,
            media_external: flag("MEDIA_EXTERNAL")?,
            media_bin: get("MEDIA_BIN").map_or_else(beside_this_binary, PathBuf::from),
            demo: flag("DEMO")?,
            mail: mail(get("SMTP_URL"), get("MAIL_FROM"), production, &data_dir)?,
            metrics_token: get("METRICS_TOKEN").map(str::to_owned),
            turn: Turn::configured(get("TURN_URLS"), get("TURN_SECRET"))?,
            data_dir,
        })
    }
}

fn number(value: Option<&str>, name: &str, default: u32) -> Result<u32, String> {
    match value {
        None => Ok(default),
        Some(text) => text.parse().ok().filter(|n| *n > 0).ok_or(format!("{name} must be a number above 0")),
    }
}

fn addresses(list: &str) -> Result<Vec<IpAddr>, String> {
    list.split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| part.parse().map_err(|_error| format!("TRUSTED_PROXIES: {part} is no IP address")))
        .collect()
}

fn mail(url: Option<&str>, from: Option<&str>, production: bool, data_dir: &Path) -> Result<MailRoute, String> {
    match (url, from) {
        (Some(url), Some(from)) => {
            crate::mail::server(url).map_err(|error| format!("SMTP_URL: {error}"))?;
            from.parse::<lettre::message::Mailbox>()
                .map_err(|_error| "MAIL_FROM must be an address, like Roundtable <rooms@example.org>")?;
            Ok(MailRoute::Smtp { url: url.to_owned(), from: from.to_owned() })
        }
        (Some(_), None) => Err("SMTP_URL needs MAIL_FROM: the address that mails come from".into()),
        (None, Some(_)) => Err("MAIL_FROM needs SMTP_URL: the server that sends mails".into()),
        (None, None) if production => Ok(MailRoute::Kept),
        (None, None) => Ok(MailRoute::Folder(data_dir.join("mail"))),
    }
}

fn beside_this_binary() -> PathBuf {
    std::env::current_exe().map_or_else(|_error| PathBuf::from("media"), |path| path.with_file_name("media"))
}

/// In production the operator gives the secret; otherwise it is made once and kept in the data folder.
fn secret(given: Option<&str>, production: bool, data_dir: &Path) -> Result<String, String> {
    if let Some(secret) = given {
        let weak = secret.chars().count() < SECRET_CHARACTERS || secret == EXAMPLE_SECRET;
        if production && weak {
            return Err(format!(
                "SECRET must have at least {SECRET_CHARACTERS} characters of your own: openssl rand -hex 32"
            ));
        }
        return Ok(secret.to_owned());
    }
    if production {
        return Err("SECRET is not set. Production needs one: openssl rand -hex 32".into());
    }
    let path = data_dir.join("secret");
    if let Ok(kept) = std::fs::read_to_string(&path)
        && !kept.trim().is_empty()
    {
        return Ok(kept.trim().to_owned());
    }
    let made = crate::ids::Ids::new(std::sync::Arc::new(crate::clock::SystemClock)).secret();
    write_private(&path, &made).map_err(|error| format!("cannot write {}: {error}", path.display()))?;
    Ok(made)
}

/// Writes a file that only its owner can read.
fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write;
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(path)?;
    file.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(pairs: &[(&str, &str)]) -> Result<Config, String> {
        let folder = tempfile::tempdir().unwrap();
        let mut env: HashMap<String, String> =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        env.insert("DATA_DIR".into(), folder.path().display().to_string());
        Config::from_map(&env)
    }

    #[test]
    fn production_refuses_a_missing_short_or_known_secret() {
        for secret in [None, Some("short"), Some(EXAMPLE_SECRET)] {
            let mut pairs = vec![("ROUNDTABLE_ENV", "production")];
            pairs.extend(secret.map(|secret| ("SECRET", secret)));
            assert!(config(&pairs).err().unwrap().contains("SECRET"), "{secret:?}");
        }
    }

    #[test]
    fn production_refuses_the_demo() {
        let secret = ("SECRET", "0123456789abcdef0123456789abcdef");
        let error = config(&[("ROUNDTABLE_ENV", "production"), secret, ("DEMO", "1")]).err().unwrap();
        assert!(error.contains("DEMO"), "{error}");
        assert!(config(&[("DEMO", "1")]).unwrap().demo);
    }

    #[test]
    fn production_starts_with_an_own_secret() {
        let secret = "0123456789abcdef0123456789abcdef";
        let config = config(&[("ROUNDTABLE_ENV", "production"), ("SECRET", secret)]).unwrap();
        assert_eq!((config.production, config.secret.as_str()), (true, secret));
    }

    #[test]
    fn development_makes_a_secret_once_and_keeps_it() {
        let folder = tempfile::tempdir().unwrap();
        let env = HashMap::from([("DATA_DIR".to_owned(), folder.path().display().to_string())]);
        let first = Config::from_map(&env).unwrap().secret;
        assert_eq!(first.len(), 64);
        assert_eq!(Config::from_map(&env).unwrap().secret, first);
    }

    #[test]
    fn a_mail_server_is_checked_and_its_password_told_to_nobody() {
        let from = ("MAIL_FROM", "Roundtable <rooms@example.org>");
        for url in ["mail.example.org", "http://user:hunter2@example.org", "smtp://user:hunter2@"] {
            let error = config(&[("SMTP_URL", url), from]).err().unwrap();
            assert!(error.contains("SMTP_URL") && !error.contains("hunter2"), "{error}");
        }
        for url in ["smtp://user:hunter2@example.org", "smtps://user:hunter2@example.org:465", "smtp://localhost:25"] {
            assert!(matches!(config(&[("SMTP_URL", url), from]).unwrap().mail, MailRoute::Smtp { .. }), "{url}");
        }
        let error = config(&[("SMTP_URL", "smtp://localhost"), ("MAIL_FROM", "rooms")]).err().unwrap();
        assert!(error.contains("MAIL_FROM"), "{error}");
    }

    #[test]
    fn h9_a_turn_server_needs_its_secret_which_is_told_to_nobody() {
        let error = config(&[("TURN_URLS", "turn:turn.example.org")]).err().unwrap();
        assert!(error.contains("TURN_SECRET"), "{error}");
        let secret = ("TURN_SECRET", "hunter2");
        let error = config(&[("TURN_URLS", "turn:turn.example.org, example.org:3478"), secret]).err().unwrap();
        assert!(error.contains("address 2") && !error.contains("hunter2"), "{error}");
        let both = ("TURN_URLS", "turn:turn.example.org, turns:turn.example.org:443?transport=tcp");
        assert!(config(&[both, secret]).unwrap().turn.is_some());
        assert!(config(&[]).unwrap().turn.is_none());
    }

    #[test]
    fn without_a_mail_server_mail_goes_into_a_folder_but_waits_in_production() {
        assert!(matches!(config(&[]).unwrap().mail, MailRoute::Folder(_)));
        let secret = ("SECRET", "0123456789abcdef0123456789abcdef");
        let production = config(&[("ROUNDTABLE_ENV", "production"), secret]).unwrap();
        assert!(matches!(production.mail, MailRoute::Kept));
    }

    #[test]
    fn mistakes_are_told_by_name() {
        for (name, value) in [
            ("ROUNDTABLE_ENV", "prod"),
            ("TRUSTED_PROXIES", "10.0.0"),
            ("TLS_CERT", "a.pem"),
            ("DEMO", "yes"),
            ("SMTP_URL", "smtp://example.org"),
            ("MAIL_FROM", "a@example.org"),
            ("TURN_URLS", "turn:turn.example.org"),
            ("TURN_SECRET", "north"),
            ("FILES_URL", "/var/files"),
        ] {
            assert!(config(&[(name, value)]).err().unwrap().contains(name), "{name}");
        }
    }
}
