package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
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

    private Reply preflight(String origin) {
        return system.nobody()
                .send(
                        "OPTIONS",
                        "/api/notifications/",
                        null,
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,content-type,idempotency-key");
    }

    @Test
    void knownOriginMayCall() {
        Reply preflight = preflight(NotificationSystem.PAGE_ORIGIN);

        assertThat(preflight.header("Access-Control-Allow-Origin")).contains(NotificationSystem.PAGE_ORIGIN);
        assertThat(preflight.header("Access-Control-Allow-Headers").orElse("").toLowerCase(Locale.ROOT))
                .contains("authorization", "content-type", "idempotency-key");
        assertThat(preflight.header("Access-Control-Allow-Credentials").orElse("false"))
                .isEqualTo("false");
        Reply call = system.admin()
                .send("GET", "/api/me/", null, "Origin", NotificationSystem.PAGE_ORIGIN)
                .expect(200);
        assertThat(call.header("Access-Control-Allow-Origin")).contains(NotificationSystem.PAGE_ORIGIN);
        assertThat(call.header("Access-Control-Expose-Headers").orElse(""))
                .contains("Location", "Retry-After", "Idempotency-Replayed", "WWW-Authenticate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://evil.example", "null", NotificationSystem.PAGE_ORIGIN + ".evil.example"})
    void strangeOriginMayNot(String origin) {
        assertThat(preflight(origin).header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(system.admin()
                        .send("GET", "/api/me/", null, "Origin", origin)
                        .header("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/me/", "/api/notifications/", "/api/nothing/", "/api/notifications/abc/"})
    void answersAreNeitherKeptNorGuessedAt(String path) {
        for (ApiClient caller : List.of(system.admin(), system.nobody())) {
            Reply reply = caller.get(path);
            assertThat(reply.header("Cache-Control").orElse("")).contains("no-store");
            assertThat(reply.header("X-Content-Type-Options")).contains("nosniff");
        }
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"/", "/courses/1", "/history", "/sign-in"})
    void deepLinksGetThePage(String path) {
        Reply page =
                system.nobody().send("GET", path, null, "Accept", "text/html").expect(200);

        assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
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
