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
        password_hash -> Text,
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
        scheduling -> Text,
        version -> BigInt,
        created_at -> Timestamp,
        updated_at -> Timestamp,
    }
}

diesel::table! {
    invitations (session_id, account_id) {
        session_id -> Text,
        account_id -> Text,
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

diesel::joinable!(registrations -> accounts (account_id));
diesel::joinable!(registrations -> events (event_id));
diesel::joinable!(logins -> accounts (account_id));
diesel::joinable!(organizers -> accounts (account_id));
diesel::joinable!(invitations -> accounts (account_id));
diesel::joinable!(session_tags -> tags (tag_id));
diesel::joinable!(session_tags -> sessions (session_id));
diesel::allow_tables_to_appear_in_same_query!(
    accounts,
    events,
    invitations,
    logins,
    organizations,
    organizers,
    registrations,
    session_tags,
    sessions,
    tags,
);
