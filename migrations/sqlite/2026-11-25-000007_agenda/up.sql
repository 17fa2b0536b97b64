-- My Agenda (G3): what a person marked in the schedule, and what makes the address of their feed unlike any before.

CREATE TABLE agenda_entries (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    segment_id TEXT NOT NULL REFERENCES segments (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (account_id, segment_id)
);
CREATE INDEX agenda_entries_of_segment ON agenda_entries (segment_id);

-- Only for who asked for another address: the first one needs no row.
CREATE TABLE agenda_feeds (
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    secret TEXT NOT NULL,
    PRIMARY KEY (event_id, account_id)
);
CREATE INDEX agenda_feeds_of_account ON agenda_feeds (account_id);
