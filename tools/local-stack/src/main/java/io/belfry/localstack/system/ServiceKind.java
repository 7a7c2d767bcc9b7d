package io.belfry.localstack.system;

import java.util.Locale;

/** The three services, as seen from outside: jar, variables, where readiness is asked. In the order in which they start. */
public enum ServiceKind {
    PERSISTER("notification-persister", 8082, "/actuator/health/readiness"),
    API("notification-api", 8080, "/actuator/health/readiness"),
    GATEWAY("websocket-gateway", 8090, "/readyz");

    private final String module;
    private final int usualPort;
    private final String readinessPath;

    ServiceKind(String module, int usualPort, String readinessPath) {
        this.module = module;
        this.usualPort = usualPort;
        this.readinessPath = readinessPath;
    }

    /** The name that the first service of this kind goes by: {@code gateway}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The module that builds it, which is the jar's name too. */
    public String module() {
        return module;
    }

    public String portVariable() {
        return "BELFRY_" + name() + "_PORT";
    }

    public String managementPortVariable() {
        return this == GATEWAY ? "BELFRY_GATEWAY_MANAGEMENT_PORT" : portVariable();
    }

    /** The variable of the address that it listens on. */
    public String addressVariable() {
        return "BELFRY_" + name() + "_ADDRESS";
    }

    /** Its port when none is given. */
    public int usualPort() {
        return usualPort;
    }

    String readinessPath() {
        return readinessPath;
    }
}
