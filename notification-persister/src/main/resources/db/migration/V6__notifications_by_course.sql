-- The list of one course: which notifications are the course's, beside the entries of the inbox.
SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS notification_by_course;
CREATE INDEX CONCURRENTLY notification_by_course ON notification (course_id, id) WHERE course_id IS NOT NULL;
RESET lock_timeout;
