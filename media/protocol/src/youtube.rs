//! A YouTube video that everybody in a room watches together (J1–J4), and the links that lead to one (J2).

use serde::{Deserialize, Serialize};

/// Seconds into a video at the most: streams that run for days are sought in as well.
pub const MAX_POSITION: f64 = 604_800.0;

/// How fast a video may play.
pub const RATES: std::ops::RangeInclusive<f64> = 0.25..=2.0;

/// Characters of a link at the most.
const MAX_LINK: usize = 2_048;

/// Who may start a video in a session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum YoutubeSharing {
    /// It is switched off.
    #[default]
    Nobody,
    /// Where the session is moderated (J3).
    Hosts,
    /// Otherwise: who is on screen, and hosts (J3).
    OnScreen,
}

/// The video that is shared in a room, as it is when this is said.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Youtube {
    /// Its id, of 11 characters.
    pub video: String,
    /// A live stream: nobody seeks in it, everybody sees its newest picture.
    pub live: bool,
    /// Whose player the others follow, and their name.
    pub person: String,
    pub name: String,
    /// It has played already. Until then it stands where it will begin.
    pub started: bool,
    pub playing: bool,
    /// Seconds into the video.
    pub position: f64,
    /// 1 for its own speed.
    pub rate: f64,
    /// Counts what is shared in this room and each change of it.
    pub revision: u64,
}

/// Why the video of somebody ended, where it was not by their own will.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum YoutubeEnd {
    /// They may not share one any more, since they left the screen for one (J3).
    MayNotShare,
    /// A host ended it (J4).
    Removed,
}

/// Whether it can be the id of a video.
pub fn is_video_id(text: &str) -> bool {
    text.len() == 11 && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'))
}

/// What a link leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    pub video: String,
    /// Seconds into it.
    pub at: u32,
    /// Says of itself that it is a live stream. Other links may lead to one too.
    pub live: bool,
}

/// Why a link is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkProblem {
    Empty,
    TooLong,
    /// No address of a page at all.
    NoLink,
    /// Of another site than YouTube, whatever it looks like.
    OtherSite,
    Playlist,
    Channel,
    /// A page of YouTube that is no video.
    NoVideo,
    /// What stands where the id of a video should be is none.
    WrongId,
}

/// The video that a link leads to: a single one, or a live stream (J2). A list that it is played from is left out.
pub fn parse(link: &str) -> Result<Link, LinkProblem> {
    let link = link.trim();
    if link.is_empty() {
        return Err(LinkProblem::Empty);
    }
    if link.chars().count() > MAX_LINK {
        return Err(LinkProblem::TooLong);
    }
    // Browsers take a backslash for a slash, and we take it for nothing that a link has.
    if link.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return Err(LinkProblem::NoLink);
    }
    let rest = match link.split_once("://") {
        Some((scheme, rest)) if ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) => rest,
        // The address of a page may stand in what another one is asked, so only what comes before that counts.
        Some((scheme, _)) if !scheme.contains(['/', '?', '#']) => return Err(LinkProblem::NoLink),
        _ => link,
    };
    let (address, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (place, query) = address.split_once('?').unwrap_or((address, ""));
    let (host, path) = place.split_once('/').unwrap_or((place, ""));
    let host = host.to_ascii_lowercase();
    if !host.contains('.') {
        return Err(LinkProblem::NoLink);
    }
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
    let live = parts.first() == Some(&"live");
    let video = match Site::of(&host).ok_or(LinkProblem::OtherSite)? {
        Site::Short => short(&parts)?,
        Site::Long => long(&parts, query)?,
    };
    if !is_video_id(video) {
        return Err(if video.is_empty() { LinkProblem::NoVideo } else { LinkProblem::WrongId });
    }
    let at = value(query, "t").or_else(|| value(query, "start")).or_else(|| value(fragment, "t")).and_then(seconds);
    Ok(Link { video: video.to_owned(), at: at.unwrap_or(0), live })
}

enum Site {
    /// youtu.be
    Short,
    /// youtube.com
    Long,
}

impl Site {
    /// By the whole name: a port, a user before it or a name around it make it another one.
    fn of(host: &str) -> Option<Self> {
        match host {
            "youtu.be" | "www.youtu.be" => Some(Self::Short),
            "youtube.com" | "www.youtube.com" | "m.youtube.com" | "music.youtube.com" => Some(Self::Long),
            "youtube-nocookie.com" | "www.youtube-nocookie.com" => Some(Self::Long),
            _ => None,
        }
    }
}

fn short<'a>(parts: &[&'a str]) -> Result<&'a str, LinkProblem> {
    match parts {
        [id] => Ok(id),
        _ => Err(LinkProblem::NoVideo),
    }
}

fn long<'a>(parts: &[&'a str], query: &'a str) -> Result<&'a str, LinkProblem> {
    let has_list = value(query, "list").is_some();
    match parts {
        ["watch"] => match value(query, "v") {
            Some(id) if !id.is_empty() => Ok(id),
            _ if has_list => Err(LinkProblem::Playlist),
            _ => Err(LinkProblem::NoVideo),
        },
        ["playlist", ..] | ["embed", "videoseries"] => Err(LinkProblem::Playlist),
        ["embed", "live_stream"] => Err(LinkProblem::Channel),
        ["live" | "shorts" | "embed", id] => Ok(id),
        ["channel" | "c" | "user", ..] => Err(LinkProblem::Channel),
        [name, ..] if name.starts_with('@') => Err(LinkProblem::Channel),
        _ => Err(LinkProblem::NoVideo),
    }
}

/// The first value of a name in what a page is asked.
fn value<'a>(query: &'a str, name: &str) -> Option<&'a str> {
    query.split('&').filter_map(|pair| pair.split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// `90`, `90s` or `1h2m3s`.
fn seconds(text: &str) -> Option<u32> {
    let (mut sum, mut number) = (0_u32, String::new());
    for c in text.chars() {
        let unit = match c {
            '0'..='9' => {
                number.push(c);
                continue;
            }
            'h' => 3_600,
            'm' => 60,
            's' => 1,
            _ => return None,
        };
        sum = number.parse::<u32>().ok()?.checked_mul(unit)?.checked_add(sum)?;
        number.clear();
    }
    if !number.is_empty() {
        sum = number.parse::<u32>().ok()?.checked_add(sum)?;
    }
    (f64::from(sum) <= MAX_POSITION).then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;
    use LinkProblem::{Channel, Empty, NoLink, NoVideo, OtherSite, Playlist, TooLong, WrongId};

    const ID: &str = "dQw4w9WgXcQ";

    /// J2: every form in which YouTube gives out links to one video or live stream, as people paste them.
    #[test]
    fn j2_links_to_single_videos_and_live_streams_are_accepted() {
        let accepted: [(&str, u32, bool); 26] = [
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", 0, false),
            ("http://www.youtube.com/watch?v=dQw4w9WgXcQ", 0, false),
            ("HTTPS://WWW.YouTube.com/watch?v=dQw4w9WgXcQ", 0, false),
            ("www.youtube.com/watch?v=dQw4w9WgXcQ", 0, false),
            ("youtube.com/watch?v=dQw4w9WgXcQ", 0, false),
            ("https://m.youtube.com/watch?v=dQw4w9WgXcQ&feature=share", 0, false),
            ("https://music.youtube.com/watch?v=dQw4w9WgXcQ&si=abc", 0, false),
            ("  https://youtu.be/dQw4w9WgXcQ \n", 0, false),
            ("youtu.be/dQw4w9WgXcQ?si=a-b_c", 0, false),
            ("https://youtu.be/dQw4w9WgXcQ?t=43", 43, false),
            ("https://youtu.be/dQw4w9WgXcQ/", 0, false),
            ("https://www.youtube.com/watch?app=desktop&v=dQw4w9WgXcQ&t=90s", 90, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=1h2m3s", 3_723, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=1m5", 65, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=soon", 0, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=99999999999", 0, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=9999999", 0, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=PL123&index=4", 0, false),
            ("https://www.youtube.com/watch?list=PL123&v=dQw4w9WgXcQ", 0, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&v=other", 0, false),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&next=https://evil.org", 0, false),
            ("https://www.youtube.com/live/dQw4w9WgXcQ?feature=shared", 0, true),
            ("https://youtube.com/shorts/dQw4w9WgXcQ", 0, false),
            ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=30&autoplay=1", 30, false),
            ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?start=5", 5, false),
            ("youtube-nocookie.com/embed/dQw4w9WgXcQ", 0, false),
        ];
        for (link, at, live) in accepted {
            assert_eq!(parse(link), Ok(Link { video: ID.into(), at, live }), "{link}");
        }
    }

    /// J2: everything else is refused, each with the reason that the person is told.
    #[test]
    fn j2_other_links_are_refused_with_a_reason() {
        let long = format!("https://www.youtube.com/watch?v=dQw4w9WgXcQ&x={}", "x".repeat(MAX_LINK));
        let refused: [(&str, LinkProblem); 46] = [
            ("", Empty),
            ("   ", Empty),
            (&long, TooLong),
            ("https://www.youtube.com/playlist?list=PL123", Playlist),
            ("https://www.youtube.com/watch?list=PL123", Playlist),
            ("https://www.youtube.com/watch?v=&list=PL123", Playlist),
            ("https://www.youtube.com/embed/videoseries?list=PL123", Playlist),
            ("https://www.youtube.com/@somebody", Channel),
            ("https://www.youtube.com/@somebody/live", Channel),
            ("https://www.youtube.com/channel/UC123", Channel),
            ("https://www.youtube.com/c/somebody", Channel),
            ("https://www.youtube.com/user/somebody", Channel),
            ("https://www.youtube.com/embed/live_stream?channel=UC123", Channel),
            ("https://www.youtube.com", NoVideo),
            ("https://www.youtube.com/", NoVideo),
            ("https://www.youtube.com/watch", NoVideo),
            ("https://www.youtube.com/watch?v=", NoVideo),
            ("https://www.youtube.com/results?search_query=cats", NoVideo),
            ("https://www.youtube.com/live", NoVideo),
            ("https://www.youtube.com/redirect?q=https://evil.org", NoVideo),
            ("https://youtu.be", NoVideo),
            ("https://youtu.be/a/dQw4w9WgXcQ", NoVideo),
            ("https://www.youtube.com/watch?v=dQw4w9WgXc", WrongId),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQQ", WrongId),
            ("https://www.youtube.com/watch?v=dQw4w9WgXc%51", WrongId),
            ("https://youtu.be/dQw4w9WgX<Q", WrongId),
            ("https://youtu.be/dQw4w9WgXcé", WrongId),
            ("https://www.youtube.com/embed/\"onload=\"a", WrongId),
            ("https://vimeo.com/123456", OtherSite),
            ("https://youtube.com.evil.org/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://evil.org/youtube.com/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://evil.org/?https://youtube.com/watch?v=dQw4w9WgXcQ", OtherSite),
            ("evil.org/https://youtube.com/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://notyoutube.com/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://youtube.org/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://www.youtube.com@evil.org/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://evil.org@www.youtube.com/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://www.youtube.com./watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://yоutube.com/watch?v=dQw4w9WgXcQ", OtherSite),
            ("https://www.youtube.com\\@evil.org/watch?v=dQw4w9WgXcQ", NoLink),
            ("https://www.youtube.com/watch?v=dQw4w9WgXcQ now", NoLink),
            ("javascript:alert(1)//youtube.com/watch?v=dQw4w9WgXcQ", NoLink),
            ("ftp://www.youtube.com/watch?v=dQw4w9WgXcQ", NoLink),
            ("dQw4w9WgXcQ", NoLink),
            ("//www.youtube.com/watch?v=dQw4w9WgXcQ", NoLink),
        ];
        for (link, problem) in refused {
            assert_eq!(parse(link), Err(problem), "{link}");
        }
    }

    #[test]
    fn only_eleven_characters_of_its_alphabet_are_an_id() {
        for (text, is) in
            [(ID, true), ("___________", true), ("", false), ("dQw4w9WgXc ", false), ("dQw4w9WgXcQ\n", false)]
        {
            assert_eq!(is_video_id(text), is, "{text}");
        }
    }
}
