-- Mails that wait to be sent, or were; what opens by a link in one; and whose address is confirmed.

ALTER TABLE accounts ADD COLUMN verified_at TIMESTAMP;
-- Whoever organizes was set up or added by somebody who knows the address.
UPDATE accounts SET verified_at = created_at WHERE id IN (SELECT account_id FROM organizers);

-- Only the hash of a token is kept. The token itself is made again from the row's id and the installation's secret
-- when its mail is sent.
CREATE TABLE mail_tokens (
    id TEXT NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    token_hash TEXT NOT NULL UNIQUE,
    -- In lower case: where it was sent to.
    email TEXT NOT NULL,
    -- None for who may not have an account yet.
    account_id TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    event_id TEXT REFERENCES events (id) ON DELETE CASCADE,
    organization_id TEXT REFERENCES organizations (id) ON DELETE CASCADE,
    -- Whoever had it sent, where that is somebody else.
    sender_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP
);
CREATE INDEX mail_tokens_of_account ON mail_tokens (account_id, purpose);
CREATE INDEX mail_tokens_of_event ON mail_tokens (event_id);
CREATE INDEX mail_tokens_of_organization ON mail_tokens (organization_id, email);
CREATE INDEX mail_tokens_by_end ON mail_tokens (expires_at);

CREATE TABLE mails (
    id TEXT NOT NULL PRIMARY KEY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    -- With {token} where the token stands.
    body TEXT NOT NULL,
    token_id TEXT REFERENCES mail_tokens (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    attempts INTEGER NOT NULL,
    -- When it is tried next; none once it was sent or given up.
    next_at TIMESTAMP,
    sent_at TIMESTAMP,
    -- What the mail server said the last time it refused.
    failure TEXT
);
CREATE INDEX mails_due ON mails (next_at, id);
CREATE INDEX mails_of_token ON mails (token_id);
CREATE INDEX mails_by_age ON mails (created_at);
