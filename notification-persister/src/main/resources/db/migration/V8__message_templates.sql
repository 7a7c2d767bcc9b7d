-- What people keep to send again. Its rules are the api's, as a send's are.
CREATE TABLE message_template (
    id                bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    user_id           bigint      NOT NULL,            -- whose it is
    name              text        NOT NULL,
    notification_type text        NOT NULL,
    title             text        NOT NULL,
    message           text        NOT NULL,
    data              json        NOT NULL,            -- json, not jsonb: kept as given
    updated_at        timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT message_template_name UNIQUE (user_id, name)
);
