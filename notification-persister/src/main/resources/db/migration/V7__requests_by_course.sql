-- All sends to a course, for those who instruct it.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS notification_request_by_course;
CREATE INDEX CONCURRENTLY notification_request_by_course ON notification_request (course_id, number);
RESET lock_timeout;
