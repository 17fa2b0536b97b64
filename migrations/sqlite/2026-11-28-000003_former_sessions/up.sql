-- What recordings take from their session (B8), of those that are gone for good: a node may tell of a block that late.
CREATE TABLE former_sessions (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    title TEXT NOT NULL
);
