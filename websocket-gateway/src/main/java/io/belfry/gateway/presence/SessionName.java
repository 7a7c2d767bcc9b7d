package io.belfry.gateway.presence;

/** How a session is called outside its gateway: {@code <gateway>/<number>}. */
public final class SessionName {

    private SessionName() {}

    public static String of(String gateway, long session) {
        return prefix(gateway) + session;
    }

    /** What the names of all sessions of a gateway begin with. */
    static String prefix(String gateway) {
        return gateway + "/";
    }

    /** The gateway in a session's name. */
    static String gateway(String session) {
        return session.substring(0, session.lastIndexOf('/'));
    }

    /** The number in a session's name. */
    static long number(String session) {
        return Long.parseLong(session.substring(session.lastIndexOf('/') + 1));
    }
}
