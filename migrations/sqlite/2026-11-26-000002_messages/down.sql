ALTER TABLE events DROP COLUMN chat_retention_days;
DROP TABLE chats;
DROP TABLE message_reactions;
DROP TABLE messages;
