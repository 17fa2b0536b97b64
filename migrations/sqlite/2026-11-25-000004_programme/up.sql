-- Tickets, who may find and enter which session, and the schedule.

ALTER TABLE events ADD COLUMN before_minutes INTEGER NOT NULL DEFAULT 5;
ALTER TABLE events ADD COLUMN after_minutes INTEGER NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN attendees_create_sessions BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE events ADD COLUMN people_visible BOOLEAN NOT NULL DEFAULT 1;
ALTER TABLE events ADD COLUMN agenda_enabled BOOLEAN NOT NULL DEFAULT 1;

CREATE TABLE ticket_types (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    description TEXT NOT NULL,
    capacity INTEGER,
    is_open BOOLEAN NOT NULL,
    position INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (event_id, name_key)
);
-- Every event has one from the beginning. Ids are unique within their kind, so the event's own serves.
INSERT INTO ticket_types (id, event_id, name, name_key, description, capacity, is_open, position, created_at)
SELECT id, id, 'Attendee', 'attendee', '', NULL, 1, 0, created_at FROM events;

-- Rebuilt, because SQLite adds no column that must have a value.
CREATE TABLE registrations_with_tickets (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    ticket_type_id TEXT NOT NULL REFERENCES ticket_types (id),
    blocked BOOLEAN NOT NULL,
    muted BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (event_id, account_id)
);
INSERT INTO registrations_with_tickets (id, event_id, account_id, ticket_type_id, blocked, muted, created_at)
SELECT id, event_id, account_id, event_id, 0, 0, created_at FROM registrations;
DROP TABLE registrations;
ALTER TABLE registrations_with_tickets RENAME TO registrations;
CREATE INDEX registrations_of_account ON registrations (account_id, id);
CREATE INDEX registrations_by_ticket ON registrations (ticket_type_id);

-- Outlives the registration and the account (A7).
CREATE TABLE blocked_emails (
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (event_id, email)
);

ALTER TABLE sessions ADD COLUMN sort_key TEXT NOT NULL DEFAULT '0';
ALTER TABLE sessions ADD COLUMN dragged BOOLEAN NOT NULL DEFAULT 0;
ALTER TABLE sessions ADD COLUMN link_token TEXT NOT NULL DEFAULT '';
ALTER TABLE sessions ADD COLUMN deleted_at TIMESTAMP;
ALTER TABLE sessions ADD COLUMN creator_id TEXT REFERENCES accounts (id) ON DELETE SET NULL;
UPDATE sessions SET link_token = lower(hex(randomblob(32)));
-- As sort_key.rs makes it for a session without a start.
UPDATE sessions SET sort_key = '100000000' || lower(hex(substr(lower(title), 1, 16))) || '1';
DROP INDEX sessions_in_order;
CREATE INDEX sessions_in_order ON sessions (event_id, priority DESC, sort_key, id);

CREATE TABLE session_ticket_types (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    ticket_type_id TEXT NOT NULL REFERENCES ticket_types (id),
    PRIMARY KEY (session_id, ticket_type_id)
);
CREATE INDEX session_ticket_types_of_type ON session_ticket_types (ticket_type_id);

-- By address: who is not registered yet is kept without an account, and found by their own confirmed address later.
CREATE TABLE invitations_by_email (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    email TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, email)
);
INSERT INTO invitations_by_email (session_id, email, account_id, created_at)
SELECT i.session_id, a.email, i.account_id, i.created_at FROM invitations i JOIN accounts a ON a.id = i.account_id;
DROP TABLE invitations;
ALTER TABLE invitations_by_email RENAME TO invitations;
CREATE INDEX invitations_of_account ON invitations (account_id, session_id);
CREATE INDEX invitations_of_email ON invitations (email);

CREATE TABLE admissions (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, account_id)
);
CREATE INDEX admissions_of_account ON admissions (account_id);

CREATE TABLE moderators (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, account_id)
);
CREATE INDEX moderators_of_account ON moderators (account_id);

-- Who may go on screen where that is by invitation only (D2).
CREATE TABLE sharers (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, account_id)
);
CREATE INDEX sharers_of_account ON sharers (account_id);

CREATE TABLE segments (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    kind TEXT NOT NULL,
    url TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    -- From when to when its sessions are shown: the start and end with the event's minutes before and after (A5).
    opens_at TIMESTAMP NOT NULL,
    closes_at TIMESTAMP NOT NULL,
    published BOOLEAN NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX segments_in_order ON segments (event_id, starts_at, id);
CREATE INDEX segments_by_opening ON segments (opens_at);
CREATE INDEX segments_by_closing ON segments (closes_at);

CREATE TABLE segment_sessions (
    segment_id TEXT NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (segment_id, session_id)
);
CREATE INDEX segment_sessions_of_session ON segment_sessions (session_id);

CREATE TABLE segment_tags (
    segment_id TEXT NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    tag_id TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (segment_id, tag_id)
);
CREATE INDEX segment_tags_of_tag ON segment_tags (tag_id);

CREATE TABLE segment_speakers (
    segment_id TEXT NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (segment_id, account_id)
);
CREATE INDEX segment_speakers_of_account ON segment_speakers (account_id);
