-- What years of use ask for: entries that leave by age, people who are erased, and who did what.

-- ---------------------------------------------------------------- entries that leave for good
-- Beside the fan-out and the functions of V1 this is the only code that changes an inbox. It is a change like any other,
-- one of each inbox whatever its number of entries. They are not remembered as deleted, so the floor rises to this change:
-- a client that missed it loads its list. Entries that were deleted before leave without a change.
-- An inbox that another transaction has locked is left out, so that this is in nothing's way.

CREATE FUNCTION inbox_remove(p_notifications bigint[], p_users bigint[])
    RETURNS TABLE (user_id bigint, seq bigint, unread bigint, epoch text, ids bigint[], entries bigint)
    LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    v_users bigint[];
BEGIN
    epoch := current_epoch();
    SELECT array_agg(l.user_id) INTO v_users
      FROM (SELECT i.user_id FROM inbox i WHERE i.user_id = ANY (p_users)
             ORDER BY i.user_id FOR NO KEY UPDATE SKIP LOCKED) l;
    RETURN QUERY
        WITH gone AS (
            DELETE FROM inbox_entry e
             USING unnest(p_notifications, p_users) AS p (notification_id, user_id)
             WHERE e.notification_id = p.notification_id AND e.user_id = p.user_id AND p.user_id = ANY (v_users)
            RETURNING e.user_id, e.notification_id, e.added_seq, e.changed_seq, e.deleted_at IS NULL AS shown,
                      e.deleted_at IS NULL AND e.read_at IS NULL AS unread),
        sums AS (
            SELECT g.user_id, array_agg(g.notification_id ORDER BY g.added_seq) FILTER (WHERE g.shown) AS ids,
                   count(*) AS entries, count(*) FILTER (WHERE g.shown) AS shown, count(*) FILTER (WHERE g.unread) AS unread,
                   max(g.changed_seq) AS changed
              FROM gone g GROUP BY g.user_id)
        UPDATE inbox i
           SET seq = i.seq + sign(s.shown)::bigint, unread = i.unread - s.unread, total = i.total - s.shown,
               floor = greatest(i.floor, s.changed, CASE WHEN s.shown > 0 THEN i.seq + 1 END)
          FROM sums s WHERE i.user_id = s.user_id
        RETURNING i.user_id, i.seq, i.unread, epoch, s.ids, s.entries;
END $$;

-- The oldest entries go at one end of the table; what they leave has to be found before it is a tenth of a large table.
ALTER TABLE inbox_entry SET (autovacuum_vacuum_scale_factor = 0.02);

-- When the next batch may be removed, by whichever persister: they take turns, and together keep one pace.
CREATE TABLE retention_turn (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    next_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
INSERT INTO retention_turn DEFAULT VALUES;

-- Of a type, no entry is left of what was stored before that moment: there is nothing to look for any more.
CREATE TABLE retention_progress (
    notification_type text        PRIMARY KEY,
    cleared_until     timestamptz NOT NULL
);

-- ---------------------------------------------------------------- people whom the platform has taken back

CREATE TABLE erased_user (
    user_id   bigint      PRIMARY KEY,
    asked_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
    erased_at timestamptz                              -- null = under way
);
CREATE INDEX erased_user_waiting ON erased_user (asked_at) WHERE erased_at IS NULL;

-- ---------------------------------------------------------------- who did what, when, from where
-- No texts of messages and no names of people. What services write straight to Kafka is in the table notification.

CREATE TABLE audit_log (
    id      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor   text        NOT NULL,                      -- 'user:<id>', 'service:<sub>', 'platform', 'operator:<name>'
    action  text        NOT NULL,
    object  text        NOT NULL,                      -- to what, by its id
    address text                                       -- where it was asked from
);
CREATE INDEX audit_log_by_time ON audit_log (at);
CREATE INDEX audit_log_by_actor ON audit_log (actor, id);

-- As it stands at every door: RFC 3339 in UTC with three decimals.
CREATE FUNCTION wire_time(p_time timestamptz) RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT to_char(p_time AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') $$;
