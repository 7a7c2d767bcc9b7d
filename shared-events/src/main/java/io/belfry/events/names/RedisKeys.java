package io.belfry.events.names;

/**
 * The names of what gateways and api share in Redis. Every script touches keys of one user or of one gateway, and the
 * part in braces keeps those in one slot of a cluster.
 */
public final class RedisKeys {

    private RedisKeys() {}

    /** Sorted set: gateway id → its last heartbeat, milliseconds of Redis's own clock. */
    public static final String GATEWAYS = "belfry:gateways";

    /** Milliseconds after its last heartbeat from which a gateway counts as gone, and its sessions with it. */
    public static final long GATEWAY_GONE_AFTER_MILLIS = 30_000;

    /** Channel: {@code <user>:<milliseconds>} each time a user signs out. */
    public static final String SIGN_OUTS = "belfry:sign-outs";

    /** Beside this class: what ends a user's sessions and tokens. */
    public static final String SIGN_OUT_SCRIPT = "sign_out.lua";

    /** Longer than any token lives, milliseconds. */
    public static final long SIGN_OUT_REMEMBERED_MILLIS = 400L * 24 * 60 * 60 * 1_000;

    /** Set: the ids of the users who have a session on this gateway. */
    public static String gatewayUsers(String gateway) {
        return "belfry:gateway:{" + gateway + "}:users";
    }

    /** Channel: what other gateways ask of this one. */
    public static String gatewayControl(String gateway) {
        return "belfry:gateway:{" + gateway + "}:control";
    }

    /** Sorted set: {@code <gateway>/<session>} → when it was opened, milliseconds of Redis's own clock. */
    public static String userSessions(long user) {
        return "belfry:user:{" + user + "}:sessions";
    }

    /** Text: milliseconds; tokens issued before that moment are refused (an {@code iat} has whole seconds). */
    public static String signedOut(long user) {
        return "belfry:user:{" + user + "}:signed-out";
    }

    /**
     * Text: the latest {@code iat} of a user's tokens that a gateway has seen, milliseconds, until Redis's own clock is past
     * that second. A sign-out ends them too: their issuer's clock may be fast.
     */
    public static String newestToken(long user) {
        return "belfry:user:{" + user + "}:newest-token";
    }

    /** A token from further ahead than this moves no sign-out, milliseconds: its {@code iat} is wrong, not fast. */
    public static final long MOST_AHEAD_MILLIS = 600_000;
}
