DROP TABLE recordings;
ALTER TABLE events DROP COLUMN recording_retention_days;
ALTER TABLE sessions DROP COLUMN record_stopped;
ALTER TABLE sessions DROP COLUMN record;
