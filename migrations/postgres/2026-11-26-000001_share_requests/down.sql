DROP TABLE host_actions;
DROP TABLE bars;
DROP TABLE grants;
DROP TABLE share_requests;
