ALTER TABLE sessions DROP COLUMN youtube_sharing;
