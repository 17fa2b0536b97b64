//! Every limit on what comes in, in one place. Lengths count Unicode scalar values.

use std::ops::RangeInclusive;

/// A session's title (B1).
pub const TITLE: RangeInclusive<usize> = 1..=60;
/// A session's description (B1).
pub const DESCRIPTION: RangeInclusive<usize> = 0..=140;
/// Seats of a session (E1).
pub const MAX_PARTICIPANTS: RangeInclusive<i32> = 1..=50;
/// Rich text as it is stored: the characters of its sanitised HTML, tags and addresses included (B2).
pub const RICH_TEXT: usize = 20_000;
/// Rich text as it comes in: what is cleaned away may take this much in all.
pub const RICH_TEXT_SOURCE: usize = 80_000;
pub const RICH_TEXT_IMAGES: usize = 20;
pub const RICH_TEXT_VIDEOS: usize = 10;
/// Elements inside one another, paragraphs and the items of lists not counted.
pub const RICH_TEXT_DEPTH: usize = 20;
pub const PRIORITY: RangeInclusive<i32> = -1_000_000..=1_000_000;
pub const TAG: RangeInclusive<usize> = 1..=30;
/// Of a session, or of a segment.
pub const TAGS: usize = 10;
/// Tags that are offered at once (B4).
pub const TAGS_OFFERED: i64 = 300;
/// Sessions of one bulk change (B8).
pub const SESSIONS_AT_ONCE: usize = 100;
/// Sessions of one file (B10).
pub const SESSIONS_IMPORTED: usize = 1_000;
/// Seconds for which a deletion can be taken back (B8).
pub const UNDO_SECONDS: i64 = 10;
/// Dates, ticket types and tags, each, that one filter names (B7).
pub const FILTER: usize = 100;

/// Addresses that are invited at once, and on the invite list of one session (C3).
pub const INVITED_AT_ONCE: usize = 1_000;
pub const INVITATIONS: usize = 10_000;
/// Seconds for which a credential for a TURN server is good: a long day in one room, since whoever begins to send late in it uses
/// what they came in with (H9).
pub const TURN_SECONDS: i64 = 12 * 60 * 60;
/// Ticket types whose holders may watch a session (C3).
pub const TICKETS_OF_SESSION: usize = 100;
/// Moderators of a session (D4), and people who may share where that is by invitation only (D2).
pub const MODERATORS: usize = 50;
pub const SHARERS: usize = 500;
/// People who wait at once for a host of one session (D5).
pub const SHARE_REQUESTS: usize = 500;
/// Characters of the secret part of a link (C4).
pub const LINK_TOKEN: usize = 128;

pub const PERSON_NAME: RangeInclusive<usize> = 1..=80;
/// What a person says of themselves (A8).
pub const HEADLINE: RangeInclusive<usize> = 0..=80;
pub const EMAIL: RangeInclusive<usize> = 3..=254;
/// At least as long as OWASP asks for; the upper bound keeps hashing cheap.
pub const PASSWORD: RangeInclusive<usize> = 10..=128;

pub const ORGANIZATION_NAME: RangeInclusive<usize> = 1..=80;
pub const EVENT_NAME: RangeInclusive<usize> = 1..=100;
pub const EVENT_DESCRIPTION: RangeInclusive<usize> = 0..=2_000;
pub const SLUG: RangeInclusive<usize> = 2..=60;
/// An event lasts at most this long.
pub const EVENT_SECONDS: i64 = 366 * 24 * 3600;
/// The years that an event may be in.
pub const YEARS: RangeInclusive<i32> = 2000..=2200;
pub const SEARCH: usize = 100;
/// Minutes for which a scheduled session is shown before its segment starts and after it has ended (A5).
pub const DISPLAY_MINUTES: RangeInclusive<i32> = 0..=240;

/// A segment of the schedule (F4).
pub const SEGMENT_NAME: RangeInclusive<usize> = 1..=100;
pub const SEGMENT_DESCRIPTION: RangeInclusive<usize> = 0..=1_000;
pub const LINK: RangeInclusive<usize> = 1..=2_000;
pub const SPEAKERS_OF_SEGMENT: usize = 20;
pub const SESSIONS_OF_SEGMENT: usize = 20;
pub const SEGMENTS_OF_SESSION: usize = 50;
pub const SEGMENTS_OF_EVENT: usize = 2_000;
/// Segments that are published at once by their ids.
pub const SEGMENTS_AT_ONCE: usize = 100;
/// Things that an error names; of more it says how many.
pub const NAMED: usize = 5;

/// Entries of one page of a list at the most, and unless asked otherwise.
pub const PAGE: usize = 100;
pub const PAGE_DEFAULT: usize = 25;

/// A ticket type (A4).
pub const TICKET_NAME: RangeInclusive<usize> = 1..=60;
pub const TICKET_DESCRIPTION: RangeInclusive<usize> = 0..=300;
pub const TICKET_CAPACITY: RangeInclusive<i32> = 1..=1_000_000;
pub const TICKET_TYPES_OF_EVENT: usize = 50;

/// Segments in one person's agenda of one event (G3).
pub const AGENDA: usize = 300;

/// A message of a chat (I1), as it is kept and as it comes in: what is cleaned away may take the rest.
pub const MESSAGE: RangeInclusive<usize> = 1..=2_000;
pub const MESSAGE_SOURCE: usize = 8_000;
/// Combining marks on one letter: more of them only stand on the lines above and below.
pub const MARKS_IN_A_ROW: usize = 4;
/// Line ends in a row: one line may be left free.
pub const LINE_ENDS_IN_A_ROW: usize = 2;
/// People whom one message mentions.
pub const MENTIONS: usize = 20;
/// Characters of what a client calls its message.
pub const CLIENT_ID: RangeInclusive<usize> = 1..=64;
/// One emoji, and how many different ones stand at a message.
pub const EMOJI_BYTES: usize = 32;
pub const EMOJI_OF_MESSAGE: usize = 20;
/// Seconds between two messages of one person in slow mode; 0 is without.
pub const SLOW_SECONDS: RangeInclusive<i32> = 0..=300;
/// Messages that a chat shows at first, and that are read at once for who was away.
pub const MESSAGES_PAGE: usize = 50;
pub const MISSED_PAGE: usize = 100;
/// Changed messages that who was away is told: of more they read the history anew.
pub const MISSED: usize = 1_000;
/// Messages of a deleted account that a chat hears of at once: the newest ones.
pub const ERASED_TOLD: usize = 500;
/// Between two times at which a chat hears of reactions: a thousand people may like the same message at once.
pub const REACTIONS_EVERY_MILLIS: u64 = 500;
/// Days for which an event keeps messages (A8).
pub const CHAT_RETENTION_DAYS: RangeInclusive<i32> = 1..=3_650;

/// Days for which an event keeps recordings (A8).
pub const RECORDING_RETENTION_DAYS: RangeInclusive<i32> = 1..=3_650;
/// The file of one block: ten times as large as the pictures and the sound of the longest one (K3).
pub const RECORDING_BYTES: u64 = 64 * 1024 * 1024 * 1024;
/// Seconds for which a node need not know of a recording that began: the list of what it has may be older.
pub const RECORDING_NEW_SECONDS: i64 = 30;
/// Seconds without a byte of a file that is handed over, after which it is given up; media tries again.
pub const RECORDING_PATIENCE_SECONDS: u64 = 60;
/// Recordings that are deleted at once: of what an event does not keep any longer, and of files that are left.
pub const RECORDINGS_FORGOTTEN: i64 = 100;
/// Seconds between two times at which it is asked whether somebody may go on reading a recording (C6); what this process hears of
/// counts at once.
pub const RECORDING_ASKED_SECONDS: u64 = 3;

/// Organizers of one organization.
pub const ORGANIZERS: usize = 200;

/// Seconds for which a sign-in lasts.
pub const LOGIN_SECONDS: i64 = 30 * 24 * 3600;

/// Seconds for which the link of a mail works: to confirm an address, to set a password, to become an organizer; and after
/// the end of the event, to sign in as a registered person.
pub const VERIFY_SECONDS: i64 = 3 * 24 * 3600;
pub const RESET_SECONDS: i64 = 3600;
pub const INVITE_SECONDS: i64 = 14 * 24 * 3600;
pub const SIGN_IN_LINK_SECONDS: i64 = 7 * 24 * 3600;
/// Seconds for which a mail is kept after it was sent or given up, and a token after it is over: so long a page can still say
/// that a link is used or too old.
pub const MAIL_KEPT_SECONDS: i64 = 30 * 24 * 3600;
pub const MAIL_TOKEN_KEPT_SECONDS: i64 = 90 * 24 * 3600;
/// Seconds after which a mail is given up that its server keeps refusing for now. One that cannot be reached is waited for.
pub const MAIL_REFUSED_SECONDS: i64 = 3 * 24 * 3600;
/// Open invitations to organize, of one organization.
pub const ORGANIZER_INVITATIONS: usize = 200;

/// GraphQL: deep enough for the introspection query of common tools.
pub const DEPTH: usize = 16;
pub const COMPLEXITY: usize = 20_000;
/// Fields of one operation, its fragments written out as often as they are spread.
pub const FIELDS: usize = 2_000;
/// Fields of one document that carry an alias.
pub const ALIASES: usize = 50;
/// Root fields of one mutation.
pub const ROOT_MUTATIONS: usize = 10;
pub const BODY_BYTES: usize = 512 * 1024;
pub const QUERY_BYTES: usize = 32 * 1024;

/// One WebSocket: operations running at once, and the largest frame.
pub const OPERATIONS_PER_SOCKET: usize = 64;
pub const FRAME_BYTES: usize = 128 * 1024;
/// Seconds within which `connection_init` must come.
pub const INIT_SECONDS: u64 = 10;
/// Frames, and bytes of them, that wait for a slow reader before its socket is closed.
pub const FRAMES_WAITING: usize = 256;
pub const BYTES_WAITING: u32 = 2 * 1024 * 1024;
/// Characters of an operation's id on a socket: every frame repeats it.
pub const OPERATION_ID: usize = 128;

/// One CSV file: its bytes, the lines after the first, and the columns.
pub const TABLE_BYTES: usize = 2 * 1024 * 1024;
pub const TABLE_LINES: usize = 10_000;
pub const TABLE_COLUMNS: usize = 100;

/// A picture (B3): its bytes, the longer side, the pixels of one image.
pub const PICTURE_BYTES: usize = 2 * 1024 * 1024;
pub const PICTURE_SIDE: u32 = 16_384;
pub const PICTURE_PIXELS: usize = 25_000_000;
/// The images of an animation, and the pixels of all of them.
pub const PICTURE_FRAMES: usize = 300;
pub const PICTURE_ANIMATION_PIXELS: u64 = 100_000_000;
/// Its alternate text.
pub const PICTURE_ALT: RangeInclusive<usize> = 0..=140;
/// Pictures of one person that nothing shows.
pub const PICTURES_UNUSED: i64 = 200;
/// Seconds for which a picture is kept that nothing shows, and within which one must have come.
pub const PICTURE_UNUSED_SECONDS: i64 = 24 * 3600;
/// Pictures that are made anew at once, and seconds for which others wait for that.
pub const PICTURES_AT_ONCE: usize = 2;
pub const PICTURE_WAIT_SECONDS: u64 = 30;
pub const UPLOAD_SECONDS: u64 = 120;

/// People who came and went whom a room's list is told by name: of more it is read again.
pub const PEOPLE_TOLD: usize = 200;

/// Connections of one media link frame: everybody in every room of the node.
pub const LINK_FRAME_BYTES: usize = 16 * 1024 * 1024;
