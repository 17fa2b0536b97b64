-- Who asks to go on screen and what became of it (D3, D5), what hosts gave and took (D7), and who of them did what (O2).

CREATE TABLE share_requests (
    id TEXT NOT NULL PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    state TEXT NOT NULL,
    created_at TIMESTAMP NOT NULL,
    -- The host who approved or declined it.
    decided_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    decided_at TIMESTAMP
);
-- A person waits in a session once.
CREATE UNIQUE INDEX share_requests_waiting ON share_requests (session_id, account_id) WHERE state = 'waiting';
-- The queue of a session.
CREATE INDEX share_requests_in_order ON share_requests (session_id, state, created_at, id);
CREATE INDEX share_requests_of_account ON share_requests (account_id, state);
CREATE INDEX share_requests_by_host ON share_requests (decided_by);

-- The permission that answers a request.
CREATE TABLE grants (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, account_id)
);
CREATE INDEX grants_of_account ON grants (account_id);

-- Its opposite, until a host lifts it.
CREATE TABLE bars (
    session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    barred_by TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (session_id, account_id)
);
CREATE INDEX bars_of_account ON bars (account_id);
CREATE INDEX bars_by_host ON bars (barred_by);

-- What hosts did, kept also when the session or one of the people is gone.
CREATE TABLE host_actions (
    id TEXT NOT NULL PRIMARY KEY,
    event_id TEXT NOT NULL REFERENCES events (id) ON DELETE CASCADE,
    session_id TEXT REFERENCES sessions (id) ON DELETE SET NULL,
    actor_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    action TEXT NOT NULL,
    person_id TEXT REFERENCES accounts (id) ON DELETE SET NULL,
    created_at TIMESTAMP NOT NULL
);
-- The log of an event, the newest first.
CREATE INDEX host_actions_of_event ON host_actions (event_id, id);
CREATE INDEX host_actions_of_session ON host_actions (session_id);
CREATE INDEX host_actions_by_host ON host_actions (actor_id);
CREATE INDEX host_actions_of_person ON host_actions (person_id);
