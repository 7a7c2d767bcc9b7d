-- As notification.test, for lists of sends, where it is not shown.
ALTER TABLE notification_request ADD COLUMN test boolean NOT NULL DEFAULT false;
