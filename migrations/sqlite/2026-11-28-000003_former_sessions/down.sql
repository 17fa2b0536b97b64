DROP TABLE former_sessions;
