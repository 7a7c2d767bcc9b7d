package io.belfry.localstack.system;

/** The three services, as seen from outside: jar, variables, where readiness is asked. In the order in which they start. */
public enum ServiceKind {
    PERSISTER("persister", "notification-persister", "BELFRY_PERSISTER", 8082, "/actuator/health/readiness"),
    API("api", "notification-api", "BELFRY_API", 8080, "/actuator/health/readiness"),
    GATEWAY("gateway", "websocket-gateway", "BELFRY_GATEWAY", 8090, "/readyz");

    private final String title;
    private final String module;
    private final String prefix;
    private final int usualPort;
    private final String readinessPath;

    ServiceKind(String title, String module, String prefix, int usualPort, String readinessPath) {
        this.title = title;
        this.module = module;
        this.prefix = prefix;
        this.usualPort = usualPort;
        this.readinessPath = readinessPath;
    }

    /** The name that the first service of this kind goes by: {@code gateway}. */
    public String title() {
        return title;
    }

    /** The module that builds it, which is the jar's name too. */
    public String module() {
        return module;
    }

    /** The variable of its port. */
    public String portVariable() {
        return prefix + "_PORT";
    }

    /** The variable of the address that it listens on. */
    public String addressVariable() {
        return prefix + "_ADDRESS";
    }

    /** Its port when none is given. */
    public int usualPort() {
        return usualPort;
    }

    String readinessPath() {
        return readinessPath;
    }
}
