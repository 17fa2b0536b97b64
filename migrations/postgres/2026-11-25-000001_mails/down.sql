DROP TABLE mails;
DROP TABLE mail_tokens;
ALTER TABLE accounts DROP COLUMN verified_at;
