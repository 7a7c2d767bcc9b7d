SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS notification_request_by_age;
CREATE INDEX CONCURRENTLY notification_request_by_age ON notification_request (created_at);
RESET lock_timeout;
