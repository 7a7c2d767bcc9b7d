-- What a persister says to PostgreSQL for one chunk of a fan-out (notification-persister, fanout.Inboxes), without Kafka.
-- :users is an array, ascending; :notification an id.
BEGIN;
INSERT INTO inbox (user_id)
SELECT u FROM unnest(:users::bigint[]) u
 WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.user_id = u)
 ORDER BY u ON CONFLICT DO NOTHING;
SELECT count(*) FROM (SELECT user_id, seq, unread FROM inbox WHERE user_id = ANY (:users::bigint[])
                       ORDER BY user_id FOR NO KEY UPDATE) locked;
UPDATE inbox i SET seq = i.seq + 1, unread = i.unread + 1, total = i.total + 1
  FROM unnest(:users::bigint[]) AS a (user_id) WHERE i.user_id = a.user_id;
INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq, notification_type)
SELECT :notification, i.user_id, i.seq, i.unread, i.seq, 'course_update' FROM inbox i WHERE i.user_id = ANY (:users::bigint[]);
COMMIT;
