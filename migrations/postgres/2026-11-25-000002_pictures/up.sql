-- Pictures (B3): covers of sessions and events, pictures in rich text, people's own. The bytes are in the object store.

CREATE TABLE pictures (
    id TEXT NOT NULL PRIMARY KEY,
    -- What it was uploaded for: an event, or nothing for a person's own picture.
    event_id TEXT REFERENCES events (id) ON DELETE SET NULL,
    -- Who uploaded it.
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    animated BOOLEAN NOT NULL,
    media_type TEXT NOT NULL,
    -- The same unless it moves: of the variants that stand still.
    still_media_type TEXT NOT NULL,
    -- Since when nothing shows it. After a day of that it goes, with its files.
    unused_since TIMESTAMP,
    created_at TIMESTAMP NOT NULL
);
-- For tidying up, and for counting what a person has lying about.
CREATE INDEX pictures_unused ON pictures (unused_since);
CREATE INDEX pictures_of_account ON pictures (account_id, unused_since);

ALTER TABLE sessions ADD COLUMN picture_id TEXT REFERENCES pictures (id);
ALTER TABLE sessions ADD COLUMN picture_alt TEXT NOT NULL DEFAULT '';
ALTER TABLE events ADD COLUMN picture_id TEXT REFERENCES pictures (id);
ALTER TABLE accounts ADD COLUMN picture_id TEXT REFERENCES pictures (id);
ALTER TABLE accounts ADD COLUMN headline TEXT NOT NULL DEFAULT '';
-- From a picture to what shows it: asked with each request for its bytes.
CREATE INDEX sessions_of_picture ON sessions (picture_id);
CREATE INDEX events_of_picture ON events (picture_id);
CREATE INDEX accounts_of_picture ON accounts (picture_id);

-- The pictures in a session's additional information (B2).
CREATE TABLE session_pictures (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    picture_id TEXT NOT NULL REFERENCES pictures (id),
    PRIMARY KEY (session_id, picture_id)
);
CREATE INDEX session_pictures_of_picture ON session_pictures (picture_id);
