-- How often somebody had a session recorded: media that has stopped goes on with a higher number only (K2).
ALTER TABLE sessions ADD COLUMN record_starts BIGINT NOT NULL DEFAULT 0;
UPDATE sessions SET record_starts = 1
    WHERE record OR EXISTS (SELECT 1 FROM recordings WHERE recordings.session_id = sessions.id);
