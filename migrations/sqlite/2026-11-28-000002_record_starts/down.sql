ALTER TABLE sessions DROP COLUMN record_starts;
