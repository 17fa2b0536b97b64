-- Chat (I1): what people write in a session, and how its chat is set.

CREATE TABLE messages (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    -- Its place in the chat: counts up without a gap.
    number BIGINT NOT NULL,
    -- The change of the chat by which it is what it is.
    revision BIGINT NOT NULL,
    -- Who wrote it, while they have an account.
    account_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    -- Made by the client: what is sent twice is kept once.
    client_id TEXT NOT NULL,
    text TEXT NOT NULL,
    from_host BOOLEAN NOT NULL,
    reply_to_id TEXT REFERENCES messages (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    edited_at TIMESTAMP,
    -- The row stays, without its text.
    deleted_at TIMESTAMP,
    deleted_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    UNIQUE (session_id, number),
    UNIQUE (session_id, account_id, client_id)
);
-- Who was away asks for what changed since.
CREATE INDEX messages_by_change ON messages (session_id, revision, number);
-- What is older than an event keeps it.
CREATE INDEX messages_by_time ON messages (session_id, created_at);
-- Slow mode, own data, and the end of an account.
CREATE INDEX messages_of_account ON messages (account_id, session_id, number);
CREATE INDEX messages_of_deleter ON messages (deleted_by) WHERE deleted_by IS NOT NULL;
CREATE INDEX messages_by_reply ON messages (reply_to_id) WHERE reply_to_id IS NOT NULL;

CREATE TABLE message_reactions (
    message_id TEXT NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    emoji TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (message_id, account_id, emoji)
);
CREATE INDEX message_reactions_of_account ON message_reactions (account_id);

-- A session without a row has a chat in which nothing has happened yet.
CREATE TABLE chats (
    session_id TEXT NOT NULL PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
    -- Of the newest message.
    last_number BIGINT NOT NULL,
    -- Counts every change of it and of its messages.
    revision BIGINT NOT NULL,
    -- Between two messages of one person; 0 without slow mode.
    slow_seconds INTEGER NOT NULL,
    paused BOOLEAN NOT NULL,
    pinned_message_id TEXT REFERENCES messages (id) ON DELETE SET NULL
);
CREATE INDEX chats_by_pinned ON chats (pinned_message_id) WHERE pinned_message_id IS NOT NULL;

-- Days for which messages are kept; for ever without (A8).
ALTER TABLE events ADD COLUMN chat_retention_days INTEGER;
