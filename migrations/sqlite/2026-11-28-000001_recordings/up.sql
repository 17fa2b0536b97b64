-- Recording (K): which sessions are recorded, and what has become of that.

-- Whether a session is recorded (K1), and why that has stopped by itself until a host starts it again (K2).
ALTER TABLE sessions ADD COLUMN record BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE sessions ADD COLUMN record_stopped TEXT;

-- Days for which recordings are kept; for ever without (A8).
ALTER TABLE events ADD COLUMN recording_retention_days INTEGER;

-- Blocks (K3): one becomes one file. Its id was made by media.
CREATE TABLE recordings (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    -- Not a reference: recordings stay when their session is gone for good (B8), and its title with them.
    session_id TEXT NOT NULL,
    session_title TEXT NOT NULL,
    -- Counts within the session, from 1.
    block INTEGER NOT NULL,
    -- The media node that has it, by its address.
    node TEXT NOT NULL,
    started_at TIMESTAMP NOT NULL,
    ended_at TIMESTAMP,
    length_ms BIGINT NOT NULL,
    bytes BIGINT NOT NULL,
    state TEXT NOT NULL,
    percent INTEGER NOT NULL,
    -- Why it ended, and why it did not become a file.
    ended_by TEXT,
    failure TEXT,
    -- Attendees see it (K8).
    replay BOOLEAN NOT NULL,
    -- There may be a file of it among ours.
    stored BOOLEAN NOT NULL,
    -- The row stays, so that a node that still has it is told that it was deleted.
    deleted_at TIMESTAMP,
    version BIGINT NOT NULL,
    UNIQUE (session_id, block)
);
-- An event's list, the newest first, and what is older than it keeps it.
CREATE INDEX recordings_of_event ON recordings (event_id, started_at, id);
-- What a node has not handed over yet.
CREATE INDEX recordings_of_node ON recordings (node, state);
-- Files that are still to be deleted.
CREATE INDEX recordings_left ON recordings (stored) WHERE deleted_at IS NOT NULL;
