package io.belfry.api.support;

import io.belfry.api.ApiSettings;
import io.belfry.api.NotificationApi;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

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

    /** @param token null = none */
    public Api as(@Nullable String token) {
        return Api.of(url(), token);
    }

    /** Its calls, as {@code get /api/me/}. */
    public Set<String> calls() {
        Set<String> calls = new TreeSet<>();
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> path.startsWith("/api/"))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> calls.add(method.name().toLowerCase(Locale.ROOT) + " "
                                        + path.replaceAll("\\{(\\w+):[^/]*}", "{$1}")
                                        + (path.endsWith(".csv") ? "" : "/")))));
        return calls;
    }

    /** Its calls, as its description names them. */
    public Set<String> described() {
        Set<String> calls = new TreeSet<>();
        as(null).get("/v3/api-docs")
                .at("paths")
                .properties()
                .forEach(path ->
                        path.getValue().propertyNames().forEach(method -> calls.add(method + " " + path.getKey())));
        return calls;
    }

    @Override
    public void close() {
        context.close();
    }
}
