package io.belfry.api.sending;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * 30 new sends a minute, counted in the requests themselves: those accepted, and those under way, which would be one too
 * many if they were accepted as well. Each counts from when it was last claimed.
 */
final class SendLimit {

    private static final int SENDS = 30;

    private SendLimit() {}

    /**
     * Lets a new send by or not. The sender's sends are locked by then.
     *
     * @throws io.belfry.api.problem.ProblemException 429
     */
    static void requireRoom(JdbcClient sql, String scope) {
        Optional<Integer> secondsToWait = sql.sql("""
                        SELECT ceil(extract(epoch FROM claimed_at + interval '1 min' - clock_timestamp()))::int
                          FROM notification_request
                         WHERE caller = :caller AND claimed_at > clock_timestamp() - interval '1 min'
                           AND (status <> 'pending' OR claimed_at > clock_timestamp() - interval '10 s')
                         ORDER BY claimed_at DESC OFFSET :sends - 1 LIMIT 1
                        """)
                .param("caller", scope)
                .param("sends", SENDS)
                .query(Integer.class)
                .optional();
        if (secondsToWait.isPresent()) {
            throw Problem.of(ProblemCode.RATE_LIMITED, "At most " + SENDS + " sends a minute are accepted")
                    .retryAfter(Math.max(secondsToWait.get(), 1))
                    .asException();
        }
    }
}
