-- Addresses that events had before: links that were mailed or kept lead on, until another event takes the address.
CREATE TABLE former_slugs (
    slug TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE
);
CREATE INDEX former_slugs_of_event ON former_slugs (event_id);
