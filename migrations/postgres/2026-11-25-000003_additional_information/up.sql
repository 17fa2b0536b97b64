-- Rich text about a session, as sanitised HTML.
ALTER TABLE sessions ADD COLUMN additional_information TEXT NOT NULL DEFAULT '';
