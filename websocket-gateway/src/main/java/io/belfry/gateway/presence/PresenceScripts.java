package io.belfry.gateway.presence;

import io.belfry.events.names.RedisKeys;
import io.belfry.runtime.redis.LuaScript;
import io.belfry.runtime.redis.RedisConnection;
import io.lettuce.core.ScriptOutputType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The Lua scripts of presence: their keys, their arguments, and what they answer. Safe for use by many threads. */
final class PresenceScripts {

    private static final String GONE_AFTER = Long.toString(RedisKeys.GATEWAY_GONE_AFTER_MILLIS);
    private static final String MOST_AHEAD = Long.toString(RedisKeys.MOST_AHEAD_MILLIS);

    private final LuaScript openSession = new LuaScript(PresenceScripts.class, "open_session.lua");
    private final LuaScript checkToken = new LuaScript(PresenceScripts.class, "check_token.lua");
    private final LuaScript restoreSessions = new LuaScript(PresenceScripts.class, "restore_sessions.lua");
    private final LuaScript signOut = new LuaScript(RedisKeys.class, RedisKeys.SIGN_OUT_SCRIPT);
    private final LuaScript beat = new LuaScript(PresenceScripts.class, "beat.lua");
    private final LuaScript forgetGateway = new LuaScript(PresenceScripts.class, "forget_gateway.lua");

    /**
     * What came of opening a session.
     *
     * @param evicted sessions that had to make room, {@code <gateway>/<number>}
     */
    record Opened(boolean signedOut, List<String> evicted) {}

    /**
     * What a heartbeat answers.
     *
     * @param wasGone this gateway was unknown or counted as gone until now
     * @param gone other gateways whose heartbeat has stopped
     */
    record Beat(boolean wasGone, List<String> gone) {}

    /** Adds a session, unless its user has signed out since the token was issued. */
    CompletionStage<Opened> openSession(
            RedisConnection redis, long user, String session, @Nullable Instant issuedAt, int limit) {
        String[] keys = {RedisKeys.userSessions(user), RedisKeys.signedOut(user), RedisKeys.newestToken(user)};
        return openSession
                .<List<String>>run(
                        redis,
                        ScriptOutputType.MULTI,
                        keys,
                        session,
                        millis(issuedAt),
                        Integer.toString(limit),
                        MOST_AHEAD)
                .thenApply(answer -> answer.get(0).equals("0")
                        ? new Opened(true, List.of())
                        : new Opened(false, answer.subList(1, answer.size())));
    }

    /** Whether a user has signed out since a token was issued. */
    CompletionStage<Boolean> isSignedOut(RedisConnection redis, long user, @Nullable Instant issuedAt) {
        String[] keys = {RedisKeys.signedOut(user), RedisKeys.newestToken(user)};
        return checkToken
                .<Long>run(redis, ScriptOutputType.INTEGER, keys, millis(issuedAt), MOST_AHEAD)
                .thenApply(signedOut -> signedOut == 1);
    }

    private static String millis(@Nullable Instant issuedAt) {
        return Long.toString(issuedAt == null ? -1 : issuedAt.toEpochMilli());
    }

    /**
     * Makes a user's sessions on one gateway exactly those given.
     *
     * @return when the user last signed out, as far as that still matters
     */
    CompletionStage<Optional<Instant>> restoreSessions(
            RedisConnection redis, long user, String gateway, long... sessions) {
        List<String> arguments = new ArrayList<>();
        arguments.add(SessionName.prefix(gateway));
        for (long session : sessions) {
            arguments.add(SessionName.of(gateway, session));
        }
        String[] keys = {RedisKeys.userSessions(user), RedisKeys.signedOut(user)};
        return restoreSessions
                .<String>run(redis, ScriptOutputType.VALUE, keys, arguments.toArray(String[]::new))
                .thenApply(
                        moment -> Optional.ofNullable(moment).map(text -> Instant.ofEpochMilli(Long.parseLong(text))));
    }

    /** Ends a user's sessions on every gateway, and the tokens issued until now. */
    CompletionStage<String> signOut(RedisConnection redis, long user) {
        String[] keys = {RedisKeys.signedOut(user), RedisKeys.newestToken(user)};
        return signOut.run(
                redis,
                ScriptOutputType.VALUE,
                keys,
                Long.toString(user),
                RedisKeys.SIGN_OUTS,
                Long.toString(RedisKeys.SIGN_OUT_REMEMBERED_MILLIS),
                "-1",
                MOST_AHEAD);
    }

    /** Says that a gateway lives. */
    CompletionStage<Beat> beat(RedisConnection redis, String gateway) {
        return beat.<List<String>>run(
                        redis, ScriptOutputType.MULTI, new String[] {RedisKeys.GATEWAYS}, gateway, GONE_AFTER)
                .thenApply(answer -> new Beat(answer.get(0).equals("1"), answer.subList(1, answer.size())));
    }

    /**
     * Takes a gateway off the list, unless it has come back.
     *
     * @return whether it was still gone
     */
    CompletionStage<Boolean> forgetGateway(RedisConnection redis, String gateway) {
        return forgetGateway
                .<Long>run(redis, ScriptOutputType.INTEGER, new String[] {RedisKeys.GATEWAYS}, gateway, GONE_AFTER)
                .thenApply(removed -> removed == 1);
    }
}
