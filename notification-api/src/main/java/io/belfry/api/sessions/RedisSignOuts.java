package io.belfry.api.sessions;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.belfry.events.RedisKeys;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By a key of each user and a channel; see {@code sign-out.lua}. */
final class RedisSignOuts implements SignOuts {

    private static final Logger LOG = LoggerFactory.getLogger(RedisSignOuts.class);

    private static final String SIGN_OUT = Script.load("sign-out.lua");

    private static final Duration REMEMBERED = Duration.ofDays(400);

    private final RedisLink redis;

    RedisSignOuts(RedisLink redis) {
        this.redis = redis;
    }

    @Override
    public void signOut(long user) {
        try {
            String at = RedisLink.await(redis.commands()
                    .eval(
                            SIGN_OUT,
                            ScriptOutputType.VALUE,
                            new String[] {RedisKeys.signedOut(user)},
                            Long.toString(user),
                            RedisKeys.SIGN_OUTS,
                            Long.toString(REMEMBERED.toMillis())));
            LOG.info("user {} signed out at {}", user, at);
        } catch (RedisUnavailableException | RedisException e) {
            LOG.warn("user {} could not be signed out: {}", user, e.toString());
            throw Problem.of(ProblemCode.UNAVAILABLE, "Nobody can be signed out for the moment")
                    .retryAfter(2)
                    .asException();
        }
    }

    @Override
    public Optional<Instant> lastOf(long user) {
        try {
            return Optional.ofNullable(RedisLink.await(redis.commands().get(RedisKeys.signedOut(user))))
                    .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
        } catch (RedisUnavailableException | RedisException e) {
            return Optional.empty();
        }
    }
}
