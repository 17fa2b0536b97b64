-- Whether a YouTube video may be shared in a session (J1).
ALTER TABLE sessions ADD COLUMN youtube_sharing BOOLEAN NOT NULL DEFAULT FALSE;
