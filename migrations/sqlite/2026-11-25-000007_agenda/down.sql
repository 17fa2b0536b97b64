DROP TABLE agenda_feeds;
DROP TABLE agenda_entries;
