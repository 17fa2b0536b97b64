//! The tables as diesel knows them: one description for both databases, kept equal to `migrations/` by the tests that
//! run every query on both.

diesel::table! {
    installations (id) {
        id -> Integer,
        organization_id -> Text,
        demo -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    accounts (id) {
        id -> Text,
        email -> Text,
        name -> Text,
        headline -> Text,
        picture_id -> Nullable<Text>,
        password_hash -> Text,
        verified_at -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    logins (id) {
        id -> Text,
        account_id -> Text,
        token_hash -> Text,
        created_at -> Timestamp,
        expires_at -> Timestamp,
    }
}

diesel::table! {
    mail_tokens (id) {
        id -> Text,
        purpose -> Text,
        token_hash -> Text,
        email -> Text,
        account_id -> Nullable<Text>,
        event_id -> Nullable<Text>,
        organization_id -> Nullable<Text>,
        sender_id -> Nullable<Text>,
        created_at -> Timestamp,
        expires_at -> Timestamp,
        used_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    mails (id) {
        id -> Text,
        recipient -> Text,
        subject -> Text,
        body -> Text,
        token_id -> Nullable<Text>,
        created_at -> Timestamp,
        attempts -> Integer,
        next_at -> Nullable<Timestamp>,
        sent_at -> Nullable<Timestamp>,
        failure -> Nullable<Text>,
    }
}

diesel::table! {
    organizations (id) {
        id -> Text,
        name -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    organizers (organization_id, account_id) {
        organization_id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    events (id) {
        id -> Text,
        organization_id -> Text,
        slug -> Text,
        name -> Text,
        description -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        time_zone -> Text,
        published -> Bool,
        opened_at -> Nullable<Timestamp>,
        before_minutes -> Integer,
        after_minutes -> Integer,
        attendees_create_sessions -> Bool,
        people_visible -> Bool,
        agenda_enabled -> Bool,
        chat_retention_days -> Nullable<Integer>,
        recording_retention_days -> Nullable<Integer>,
        picture_id -> Nullable<Text>,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    registrations (id) {
        id -> Text,
        event_id -> Text,
        account_id -> Text,
        ticket_type_id -> Text,
        blocked -> Bool,
        muted -> Bool,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sessions (id) {
        id -> Text,
        event_id -> Text,
        title -> Text,
        description -> Text,
        display_size -> Text,
        priority -> Integer,
        watch_access -> Text,
        share_access -> Text,
        max_participants -> Integer,
        youtube_sharing -> Bool,
        record -> Bool,
        record_stopped -> Nullable<Text>,
        record_starts -> BigInt,
        scheduling -> Text,
        sort_key -> Text,
        dragged -> Bool,
        link_token -> Text,
        deleted_at -> Nullable<Timestamp>,
        creator_id -> Nullable<Text>,
        additional_information -> Text,
        picture_id -> Nullable<Text>,
        picture_alt -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    former_sessions (id) {
        id -> Text,
        event_id -> Text,
        title -> Text,
    }
}

diesel::table! {
    former_slugs (slug) {
        slug -> Text,
        event_id -> Text,
    }
}

diesel::table! {
    pictures (id) {
        id -> Text,
        event_id -> Nullable<Text>,
        account_id -> Nullable<Text>,
        width -> Integer,
        height -> Integer,
        animated -> Bool,
        media_type -> Text,
        still_media_type -> Text,
        unused_since -> Nullable<Timestamp>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    session_pictures (session_id, picture_id) {
        session_id -> Text,
        picture_id -> Text,
    }
}

diesel::table! {
    invitations (session_id, email) {
        session_id -> Text,
        email -> Text,
        account_id -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    tags (id) {
        id -> Text,
        event_id -> Text,
        name -> Text,
        name_key -> Text,
    }
}

diesel::table! {
    session_tags (session_id, tag_id) {
        session_id -> Text,
        tag_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    ticket_types (id) {
        id -> Text,
        event_id -> Text,
        name -> Text,
        name_key -> Text,
        description -> Text,
        capacity -> Nullable<Integer>,
        is_open -> Bool,
        position -> Integer,
        created_at -> Timestamp,
    }
}

diesel::table! {
    blocked_emails (event_id, email) {
        event_id -> Text,
        email -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    session_ticket_types (session_id, ticket_type_id) {
        session_id -> Text,
        ticket_type_id -> Text,
    }
}

diesel::table! {
    admissions (session_id, account_id) {
        session_id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    moderators (session_id, account_id) {
        session_id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    sharers (session_id, account_id) {
        session_id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    segments (id) {
        id -> Text,
        event_id -> Text,
        name -> Text,
        description -> Text,
        kind -> Text,
        url -> Text,
        starts_at -> Timestamp,
        ends_at -> Timestamp,
        opens_at -> Timestamp,
        closes_at -> Timestamp,
        published -> Bool,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    segment_sessions (segment_id, session_id) {
        segment_id -> Text,
        session_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    segment_tags (segment_id, tag_id) {
        segment_id -> Text,
        tag_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    segment_speakers (segment_id, account_id) {
        segment_id -> Text,
        account_id -> Text,
        position -> Integer,
    }
}

diesel::table! {
    agenda_entries (account_id, segment_id) {
        account_id -> Text,
        segment_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    agenda_feeds (event_id, account_id) {
        event_id -> Text,
        account_id -> Text,
        secret -> Text,
    }
}

diesel::table! {
    share_requests (id) {
        id -> Text,
        session_id -> Text,
        account_id -> Text,
        state -> Text,
        created_at -> Timestamp,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<Timestamp>,
    }
}

diesel::table! {
    messages (id) {
        id -> Text,
        session_id -> Text,
        number -> BigInt,
        revision -> BigInt,
        account_id -> Nullable<Text>,
        client_id -> Text,
        text -> Text,
        from_host -> Bool,
        reply_to_id -> Nullable<Text>,
        created_at -> Timestamp,
        edited_at -> Nullable<Timestamp>,
        deleted_at -> Nullable<Timestamp>,
        deleted_by -> Nullable<Text>,
    }
}

diesel::table! {
    grants (session_id, account_id) {
        session_id -> Text,
        account_id -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    bars (session_id, account_id) {
        session_id -> Text,
        account_id -> Text,
        barred_by -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    host_actions (id) {
        id -> Text,
        event_id -> Text,
        session_id -> Nullable<Text>,
        actor_id -> Nullable<Text>,
        action -> Text,
        person_id -> Nullable<Text>,
        created_at -> Timestamp,
    }
}

diesel::table! {
    message_reactions (message_id, account_id, emoji) {
        message_id -> Text,
        account_id -> Text,
        emoji -> Text,
        created_at -> Timestamp,
    }
}

diesel::table! {
    untold_reactions (message_id) {
        message_id -> Text,
        session_id -> Text,
    }
}

diesel::table! {
    recordings (id) {
        id -> Text,
        event_id -> Text,
        session_id -> Text,
        session_title -> Text,
        block -> Integer,
        node -> Text,
        started_at -> Timestamp,
        ended_at -> Nullable<Timestamp>,
        length_ms -> BigInt,
        bytes -> BigInt,
        state -> Text,
        percent -> Integer,
        ended_by -> Nullable<Text>,
        failure -> Nullable<Text>,
        replay -> Bool,
        stored -> Bool,
        deleted_at -> Nullable<Timestamp>,
        version -> BigInt,
    }
}

diesel::table! {
    chats (session_id) {
        session_id -> Text,
        last_number -> BigInt,
        revision -> BigInt,
        slow_seconds -> Integer,
        paused -> Bool,
        pinned_message_id -> Nullable<Text>,
    }
}

diesel::joinable!(registrations -> accounts (account_id));
diesel::joinable!(registrations -> ticket_types (ticket_type_id));
diesel::joinable!(registrations -> events (event_id));
diesel::joinable!(logins -> accounts (account_id));
diesel::joinable!(organizers -> accounts (account_id));
diesel::joinable!(invitations -> accounts (account_id));
diesel::joinable!(admissions -> accounts (account_id));
diesel::joinable!(moderators -> accounts (account_id));
diesel::joinable!(sharers -> accounts (account_id));
diesel::joinable!(share_requests -> accounts (account_id));
diesel::joinable!(share_requests -> sessions (session_id));
diesel::joinable!(bars -> accounts (account_id));
diesel::joinable!(host_actions -> events (event_id));
diesel::joinable!(session_ticket_types -> ticket_types (ticket_type_id));
diesel::joinable!(session_ticket_types -> sessions (session_id));
diesel::joinable!(segment_sessions -> segments (segment_id));
diesel::joinable!(segment_sessions -> sessions (session_id));
diesel::joinable!(segment_tags -> segments (segment_id));
diesel::joinable!(segment_tags -> tags (tag_id));
diesel::joinable!(segment_speakers -> segments (segment_id));
diesel::joinable!(segment_speakers -> accounts (account_id));
diesel::joinable!(agenda_entries -> segments (segment_id));
diesel::joinable!(session_tags -> tags (tag_id));
diesel::joinable!(session_tags -> sessions (session_id));
diesel::joinable!(session_pictures -> sessions (session_id));
diesel::joinable!(session_pictures -> pictures (picture_id));
diesel::joinable!(message_reactions -> messages (message_id));
diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    admissions,
    agenda_entries,
    bars,
    blocked_emails,
    events,
    former_sessions,
    former_slugs,
    grants,
    host_actions,
    invitations,
    logins,
    mail_tokens,
    mails,
    message_reactions,
    messages,
    untold_reactions,
    moderators,
    organizations,
    organizers,
    pictures,
    recordings,
    registrations,
    segment_sessions,
    segment_speakers,
    segment_tags,
    segments,
    session_pictures,
    session_tags,
    session_ticket_types,
    sessions,
    share_requests,
    sharers,
    tags,
    ticket_types,
);
