package io.belfry.api.support;

import io.belfry.api.NotificationApi;
import io.belfry.api.settings.ApiSettings;
import java.util.Map;
import org.springframework.context.ConfigurableApplicationContext;

/** A node of the real service in this JVM, on a free port. */
public final class ApiNode implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private ApiNode(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static ApiNode start(Map<String, String> environment) {
        return new ApiNode(NotificationApi.start(ApiSettings.fromEnvironment(environment)));
    }

    public int port() {
        return Integer.parseInt(context.getEnvironment().getRequiredProperty("local.server.port"));
    }

    public String url() {
        return "http://127.0.0.1:" + port();
    }

    @Override
    public void close() {
        context.close();
    }
}
