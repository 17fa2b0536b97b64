-- Messages that were reacted to (I1), until those who read the chat are told: what an api that stopped did not tell, the next
-- one does.

CREATE TABLE untold_reactions (
    message_id TEXT NOT NULL PRIMARY KEY REFERENCES messages (id) ON DELETE CASCADE,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE
);
CREATE INDEX untold_reactions_of_session ON untold_reactions (session_id);
