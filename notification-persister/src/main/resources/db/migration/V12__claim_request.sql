-- Claims a send that came by REST, in one call: a transaction of the api's would take five.
--   outcome   claimed: the caller publishes it within 10 s     accepted: it was, by an equal call before
--             in_progress: another call has claimed it         key_reused: its key belongs to another send
--             limited: wait_s seconds until the caller may send again
-- p_key: null = every call is a new send. p_limit: new sends a minute, counted in the requests themselves, those accepted
-- and those under way, which would be one too many if they were accepted as well; each counts from when it was last
-- claimed. null = no limit; 0 = none may be sent, and nothing is written.
CREATE FUNCTION claim_request(
        p_id text, p_caller text, p_key text, p_path text, p_hash bytea, p_course bigint, p_test boolean, p_recipients integer,
        p_address text, p_limit integer)
    RETURNS TABLE (outcome text, id text, recipients integer, wait_s integer)
    LANGUAGE plpgsql
AS $$
#variable_conflict use_column
DECLARE
    v notification_request%ROWTYPE;
BEGIN
    id := p_id;
    recipients := p_recipients;
    wait_s := 0;
    IF p_limit IS NOT NULL THEN
        -- One send of a limited caller at a time: what the limit counts cannot change before the commit.
        PERFORM pg_advisory_xact_lock(hashtextextended('belfry sends of ' || p_caller, 0));
    END IF;
    SELECT * INTO v FROM notification_request r WHERE r.caller = p_caller AND r.idempotency_key = p_key;
    IF NOT FOUND THEN
        wait_s := seconds_until_room(p_caller, p_limit);
        IF wait_s > 0 THEN
            outcome := 'limited';
            RETURN NEXT;
            RETURN;
        END IF;
        -- On whichever index another call was quicker: the same key gives the same id.
        INSERT INTO notification_request (id, caller, idempotency_key, path, body_hash, course_id, test, recipients,
                                          accepted_recipients)
        VALUES (p_id, p_caller, p_key, p_path, p_hash, p_course, p_test, p_recipients, p_recipients)
        ON CONFLICT DO NOTHING;
        IF FOUND THEN
            INSERT INTO audit_log (actor, action, object, address)
            VALUES (p_caller, 'send', concat('request:' || p_id, ' course:' || p_course, CASE WHEN p_test THEN ' test' END),
                    p_address);
            outcome := 'claimed';
            RETURN NEXT;
            RETURN;
        END IF;
        -- The insert has waited for that call's commit.
        SELECT * INTO STRICT v FROM notification_request r WHERE r.caller = p_caller AND r.idempotency_key = p_key;
    END IF;
    id := v.id;
    recipients := v.accepted_recipients;
    IF v.path <> p_path OR v.body_hash <> p_hash THEN
        outcome := 'key_reused';
    ELSIF v.status <> 'pending' THEN
        outcome := 'accepted';
    ELSIF v.claimed_at > clock_timestamp() - interval '10 s' THEN
        outcome := 'in_progress';
    ELSE
        wait_s := seconds_until_room(p_caller, p_limit);
        IF wait_s > 0 THEN
            outcome := 'limited';
        ELSE
            -- Given up, or too old: taken over, by one of those who try.
            UPDATE notification_request r SET claimed_at = clock_timestamp()
             WHERE r.id = v.id AND r.status = 'pending'
               AND coalesce(r.claimed_at <= clock_timestamp() - interval '10 s', true);
            outcome := CASE WHEN FOUND THEN 'claimed' ELSE 'in_progress' END;
        END IF;
    END IF;
    RETURN NEXT;
END $$;

-- 0 = there is room, or no limit. The caller's sends are locked by then.
CREATE FUNCTION seconds_until_room(p_caller text, p_limit integer) RETURNS integer
    LANGUAGE plpgsql
AS $$
DECLARE
    v_seconds integer;
BEGIN
    IF p_limit = 0 THEN
        v_seconds := 60;
    ELSIF p_limit IS NOT NULL THEN
        SELECT greatest(ceil(extract(epoch FROM r.claimed_at + interval '1 min' - clock_timestamp())), 1) INTO v_seconds
          FROM notification_request r
         WHERE r.caller = p_caller AND r.claimed_at > clock_timestamp() - interval '1 min'
           AND (r.status <> 'pending' OR r.claimed_at > clock_timestamp() - interval '10 s')
         ORDER BY r.claimed_at DESC OFFSET p_limit - 1 LIMIT 1;
    END IF;
    RETURN coalesce(v_seconds, 0);
END $$;
