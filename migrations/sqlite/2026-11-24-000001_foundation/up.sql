-- Ids are ULIDs as text, times are UTC with milliseconds, both alike on the two databases.

-- One row once the first visitor has set the installation up: its key decides when two do so at the same moment.
CREATE TABLE installations (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    organization_id TEXT NOT NULL,
    -- Seeded with the demo, whose passwords everybody knows: never served in production.
    demo BOOLEAN NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE logins (
    id TEXT NOT NULL PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    token_hash TEXT NOT NULL UNIQUE,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL
);
CREATE INDEX logins_of_account ON logins (account_id);
CREATE INDEX logins_by_end ON logins (expires_at);

CREATE TABLE organizations (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL
);

CREATE TABLE organizers (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (organization_id, account_id)
);
CREATE INDEX organizers_of_account ON organizers (account_id);

CREATE TABLE events (
    id TEXT NOT NULL PRIMARY KEY,
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE CASCADE,
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    description TEXT NOT NULL,
    starts_at TIMESTAMP NOT NULL,
    ends_at TIMESTAMP NOT NULL,
    time_zone TEXT NOT NULL,
    published BOOLEAN NOT NULL,
    opened_at TIMESTAMP,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX events_of_organization ON events (organization_id, starts_at, id);
-- The timer that announces a change of state looks for the next start and the next end.
CREATE INDEX events_by_start ON events (starts_at);
CREATE INDEX events_by_end ON events (ends_at);

CREATE TABLE registrations (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    UNIQUE (event_id, account_id)
);
CREATE INDEX registrations_of_account ON registrations (account_id, id);

CREATE TABLE sessions (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    title TEXT NOT NULL,
    description TEXT NOT NULL,
    display_size TEXT NOT NULL,
    priority INTEGER NOT NULL,
    watch_access TEXT NOT NULL,
    share_access TEXT NOT NULL,
    max_participants INTEGER NOT NULL,
    scheduling TEXT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL
);
CREATE INDEX sessions_in_order ON sessions (event_id, priority DESC, title, id);
-- A media node that links hears of the latest changes.
CREATE INDEX sessions_by_change ON sessions (updated_at);

CREATE TABLE invitations (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, account_id)
);
CREATE INDEX invitations_of_account ON invitations (account_id);

-- `name_key` is the name in lower case, so that "Rust" and "rust" are one tag.
CREATE TABLE tags (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    UNIQUE (event_id, name_key)
);

CREATE TABLE session_tags (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    tag_id TEXT NOT NULL REFERENCES tags (id) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    PRIMARY KEY (session_id, tag_id)
);
CREATE INDEX session_tags_of_tag ON session_tags (tag_id);
