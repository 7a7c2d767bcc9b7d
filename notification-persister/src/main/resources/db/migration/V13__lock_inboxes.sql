-- The inboxes of these users, those that are not there made, all locked in one ascending pass.
CREATE FUNCTION lock_inboxes(p_users bigint[]) RETURNS TABLE (user_id bigint, seq bigint, unread bigint)
    LANGUAGE plpgsql
AS $$
#variable_conflict use_column
BEGIN
    INSERT INTO inbox (user_id)
    SELECT u FROM unnest(p_users) u
     WHERE NOT EXISTS (SELECT FROM inbox i WHERE i.user_id = u)
     ORDER BY u
    ON CONFLICT DO NOTHING;
    RETURN QUERY
        SELECT i.user_id, i.seq, i.unread FROM inbox i WHERE i.user_id = ANY (p_users)
         ORDER BY i.user_id FOR NO KEY UPDATE;
END $$;
