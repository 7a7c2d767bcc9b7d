SET lock_timeout = 0;
DROP INDEX CONCURRENTLY IF EXISTS notification_by_age;
CREATE INDEX CONCURRENTLY notification_by_age ON notification (notification_type, created_at);
RESET lock_timeout;
