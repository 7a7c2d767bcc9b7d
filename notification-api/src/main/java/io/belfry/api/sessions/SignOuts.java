package io.belfry.api.sessions;

import io.belfry.api.problem.Problem;
import io.belfry.api.problem.ProblemCode;
import io.belfry.events.names.RedisKeys;
import io.belfry.runtime.redis.LuaScript;
import io.belfry.runtime.redis.RedisConnection;
import io.belfry.runtime.redis.RedisUnavailableException;
import io.lettuce.core.ScriptOutputType;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Ends of sessions, as every gateway hears them: by a key of each user and a channel; see {@code sign_out.lua}. Safe for use
 * by many threads.
 */
@Component
public final class SignOuts {

    private static final Logger LOG = LoggerFactory.getLogger(SignOuts.class);

    private static final LuaScript SIGN_OUT = new LuaScript(RedisKeys.class, RedisKeys.SIGN_OUT_SCRIPT);

    private final RedisConnection redis;

    SignOuts(RedisConnection redis) {
        this.redis = redis;
    }

    /**
     * Closes the user's sockets and ends the tokens issued until now.
     *
     * @param issuedAt of the user's own token that asks for it; null = another asks, or the token does not say
     * @throws io.belfry.api.problem.ProblemException 503 without Redis
     */
    public void signOut(long user, @Nullable Instant issuedAt) {
        try {
            String at = RedisConnection.await(SIGN_OUT.<String>run(
                    redis,
                    ScriptOutputType.VALUE,
                    new String[] {RedisKeys.signedOut(user), RedisKeys.newestToken(user)},
                    Long.toString(user),
                    RedisKeys.SIGN_OUTS,
                    Long.toString(RedisKeys.SIGN_OUT_REMEMBERED_MILLIS),
                    Long.toString(issuedAt == null ? -1 : issuedAt.toEpochMilli()),
                    Long.toString(RedisKeys.MOST_AHEAD_MILLIS)));
            LOG.info("user {} signed out at {}", user, at);
        } catch (RedisUnavailableException e) {
            LOG.warn("user {} could not be signed out: {}", user, e.toString());
            throw Problem.of(ProblemCode.UNAVAILABLE, "Sign-out is not possible for the moment")
                    .retryAfter(2)
                    .asException();
        }
    }

    /** When the user last signed out; empty if never, or if it is not known. */
    public Optional<Instant> lastOf(long user) {
        try {
            return Optional.ofNullable(redis.await(commands -> commands.get(RedisKeys.signedOut(user))))
                    .map(millis -> Instant.ofEpochMilli(Long.parseLong(millis)));
        } catch (RedisUnavailableException e) {
            return Optional.empty();
        }
    }
}
