-- What people call the service that an event came from; null = it did not say, or came before this column.
ALTER TABLE notification ADD COLUMN source_name text;
