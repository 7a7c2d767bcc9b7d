package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.http.ApiClient;
import io.belfry.kit.system.NotificationSystem;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Headers, CORS, the page and the api's description of itself. */
class HttpSurfaceIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/notifications",
                "/api/notifications/unread_count",
                "/api/notifications/changes?after=0",
                "/api/courses",
                "/api/me",
                "/api/notification-requests"
            })
    void slashAtTheEndDoesNotMatter(String path) {
        system.admin().get(path).expect(200);
        system.admin()
                .get(path.contains("?") ? path.replace("?", "/?") : path + "/")
                .expect(200);
    }

    @Test
    void apiDescribesEveryCall() {
        JsonNode description = system.nobody().get("/v3/api-docs").expect(200).body();
        Set<String> calls = new TreeSet<>();
        description
                .path("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .propertyNames()
                        .forEach(method -> calls.add(method.toUpperCase(Locale.ROOT) + " "
                                + path.getKey().replaceAll("\\{[^}]*}", "{}").replaceAll("/$", ""))));

        assertThat(calls)
                .contains(
                        "GET /api/notifications",
                        "POST /api/notifications",
                        "GET /api/notifications/{}",
                        "DELETE /api/notifications/{}",
                        "PATCH /api/notifications/{}/mark_read",
                        "PATCH /api/notifications/{}/mark_unread",
                        "POST /api/notifications/mark_all_read",
                        "GET /api/notifications/unread_count",
                        "GET /api/notifications/changes",
                        "POST /api/courses/{}/notify-students",
                        "GET /api/courses",
                        "GET /api/courses/{}",
                        "GET /api/notification-requests",
                        "GET /api/notification-requests/{}",
                        "GET /api/me",
                        "POST /api/sessions/sign-out");
        assertThat(system.nobody().get("/swagger-ui.html").status()).isIn(200, 302);
    }

    @Test
    void healthIsToldOnEveryPort() {
        for (String probe : List.of("liveness", "readiness")) {
            assertThat(system.nobody()
                            .get("/actuator/health/" + probe)
                            .expect(200)
                            .body()
                            .path("status")
                            .asString())
                    .isEqualTo("UP");
            new ApiClient(URI.create(system.persister(1).address()), null)
                    .get("/actuator/health/" + probe)
                    .expect(200);
        }
        ApiClient gateway =
                new ApiClient(URI.create("http://127.0.0.1:" + system.gateway(1).managementPort()), null);
        gateway.get("/healthz").expect(200);
        gateway.get("/readyz").expect(200);
        assertThat(gateway.get("/metrics").expect(200).text()).contains("belfry_");
        assertThat(system.nobody().get("/actuator/prometheus").expect(200).text())
                .contains("http_server");
    }
}
