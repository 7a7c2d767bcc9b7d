package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page, its headers, and who else's pages may call. */
class PageIT {

    private final TestSystem system = TestSystem.shared();

    /** With or without a page in the jar: a placeholder stands in for one that is not there. */
    @Test
    void navigationGetsThePage() {
        for (String path : List.of("/", "/courses/1", "/history")) {
            Answer page = system.anonymous()
                    .get(path, "Accept", "text/html,application/xhtml+xml")
                    .is(200);
            assertThat(page.header("Content-Type")).startsWith("text/html");
            assertThat(page.text()).contains("<title>Belfry");
            assertThat(page.header("Content-Security-Policy"))
                    .contains("default-src 'none'")
                    .contains("connect-src 'self' ws://127.0.0.1:8090;")
                    .contains("frame-ancestors 'none'")
                    .doesNotContain("unsafe-inline");
            assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        system.anonymous().get("/").is(200);
        assertThat(system.anonymous().get("/courses/1", "Accept", "*/*").text()).contains("<title>Belfry");
    }

    @Test
    void onlyNavigationGetsThePage() {
        Api visitor = system.anonymous();

        visitor.get("/assets/missing.js", "Accept", "*/*").is("not_found");
        visitor.get("/courses/1", "Accept", "application/json").is("not_found");
        visitor.get("/v3/nothing", "Accept", "text/html").is("not_found");
        visitor.post("/courses/1", "{}").is("not_found");
    }

    @Test
    void pageComesFromItsFolder(@TempDir Path folder) throws Exception {
        Files.writeString(folder.getParent().resolve("secret.txt"), "secret");
        Map<String, String> environment = system.environment();
        environment.put("BELFRY_WEB_ROOT", folder.toString());
        environment.put("BELFRY_PUBLIC_URL", "https://belfry.example.org");
        environment.put("BELFRY_PUBLIC_WS_URL", "wss://push.example.org/ws/notifications/");
        try (ApiNode node = ApiNode.start(environment)) {
            Api visitor = node.as(null);

            assertThat(visitor.get("/", "Accept", "text/html").text())
                    .as("the placeholder")
                    .contains("/swagger-ui.html");
            Files.writeString(folder.resolve("index.html"), "<!doctype html><title>the page</title>");
            Files.createDirectory(folder.resolve("assets"));
            Files.writeString(folder.resolve("assets/app-1f2e.js"), "let a = 1;");
            Answer deep = visitor.get("/courses/1", "Accept", "text/html");
            assertThat(deep.text()).contains("the page");
            assertThat(deep.header("Cache-Control")).isEqualTo("no-cache");
            String tag = deep.header("ETag");
            visitor.get("/", "If-None-Match", tag).is(304);
            Files.writeString(folder.resolve("index.html"), "<!doctype html><title>the next page</title>");
            assertThat(visitor.get("/", "If-None-Match", tag).text()).contains("the next page");
            assertThat(visitor.get("/").header("Last-Modified"))
                    .as("which is the same for every file in a jar")
                    .isNull();
            assertThat(deep.header("Content-Security-Policy")).contains("connect-src 'self' wss://push.example.org;");
            Answer script = visitor.get("/assets/app-1f2e.js");
            assertThat(script.text()).isEqualTo("let a = 1;");
            assertThat(script.header("Content-Type")).startsWith("text/javascript");
            assertThat(script.header("Cache-Control")).contains("immutable");
            workerIsAskedForAnew(visitor, folder);
            for (String climb : List.of("/../secret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt")) {
                assertThat(visitor.get(climb).text()).doesNotContain("secret\n").doesNotStartWith("secret");
            }
            visitor.get("/v3/api-docs").has("servers/0/url", "https://belfry.example.org");
            othersPagesMayLoadTheWebComponent(visitor, folder);
            packedFormsGoToThoseWhoTakeThem(visitor, folder);
        }
    }

    private static void othersPagesMayLoadTheWebComponent(Api visitor, Path folder) throws IOException {
        Path file = Files.createDirectories(folder.resolve("embed/v1")).resolve("belfry.js");
        Files.writeString(file, "let bell = 1;");
        Answer script = visitor.get("/embed/v1/belfry.js", "Origin", "https://any.example");
        assertThat(script.text()).isEqualTo("let bell = 1;");
        assertThat(script.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(script.header("Content-Type")).startsWith("text/javascript");
        assertThat(script.header("Cache-Control"))
                .as("the address stays, its content does not")
                .isEqualTo("max-age=3600, public");
        visitor.get("/embed/v1/belfry.js", "If-None-Match", script.header("ETag"))
                .is(304);
        Files.writeString(file, "let bell = 2;");
        assertThat(visitor.get("/embed/v1/belfry.js", "If-None-Match", script.header("ETag"))
                        .text())
                .isEqualTo("let bell = 2;");
        visitor.get("/embed/v2/belfry.js").is("not_found");
        assertThat(visitor.get("/", "Origin", "https://any.example").header("Access-Control-Allow-Origin"))
                .isNull();
        assertThat(visitor.get("/assets/app-1f2e.js", "Origin", "https://any.example")
                        .header("Access-Control-Allow-Origin"))
                .isNull();
    }

    private static void workerIsAskedForAnew(Api visitor, Path folder) throws IOException {
        Files.writeString(folder.resolve("sw.js"), "let b = 1;");
        Answer worker = visitor.get("/sw.js").is(200);
        assertThat(worker.header("Content-Type")).startsWith("text/javascript");
        assertThat(worker.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(worker.header("Content-Security-Policy")).contains("worker-src 'self'", "manifest-src 'self'");
    }

    private static void packedFormsGoToThoseWhoTakeThem(Api visitor, Path folder) throws IOException {
        for (String name : List.of("index.html", "assets/app-1f2e.js", "embed/v1/belfry.js")) {
            Files.writeString(folder.resolve(name), "plain");
            Files.writeString(folder.resolve(name + ".gz"), "in gzip");
            Files.writeString(folder.resolve(name + ".br"), "in brotli");
        }
        Map<String, String> forms = Map.of(
                "gzip, deflate, br, zstd", "br", "br;q=0, gzip", "gzip", "gzip;q=0.5, *;q=0", "gzip", "BR", "br");
        for (String path : List.of("/assets/app-1f2e.js", "/embed/v1/belfry.js", "/index.html", "/", "/courses/1")) {
            String type = path.endsWith(".js") ? "text/javascript" : "text/html";
            forms.forEach((accepted, form) -> {
                Answer packed = visitor.get(path, "Accept", type, "Accept-Encoding", accepted);
                assertThat(packed.text()).as(path + accepted).isEqualTo(form.equals("br") ? "in brotli" : "in gzip");
                assertThat(packed.header("Content-Encoding")).isEqualTo(form);
                assertThat(packed.header("Content-Type")).startsWith(type);
                assertThat(packed.header("Vary")).isEqualTo("Accept-Encoding");
            });
            for (String accepted : List.of("identity", "br;q=0, gzip;q=0", "deflate", "", ";;q=,", "brotli")) {
                Answer plain = visitor.get(path, "Accept", type, "Accept-Encoding", accepted);
                assertThat(plain.text()).as(path + accepted).isEqualTo("plain");
                assertThat(plain.header("Content-Encoding")).isNull();
                assertThat(plain.header("Vary")).as("for caches").isEqualTo("Accept-Encoding");
            }
        }
        String script = "/assets/app-1f2e.js";
        Answer head = visitor.call("HEAD", script, "Accept-Encoding", "br").is(200);
        assertThat(head.header("Content-Length")).isEqualTo("9");
        assertThat(head.header("Content-Encoding")).isEqualTo("br");
        assertThat(head.header("Cache-Control")).contains("immutable");
        visitor.get(script, "Accept-Encoding", "br", "If-Modified-Since", head.header("Last-Modified"))
                .is(304);
        Answer part = visitor.get(script, "Accept-Encoding", "br", "Range", "bytes=3-5")
                .is(206);
        assertThat(part.text()).as("of the packed form").isEqualTo("bro");
        assertThat(part.header("Content-Range")).isEqualTo("bytes 3-5/9");
        String tag = visitor.get("/", "Accept-Encoding", "br").header("ETag");
        visitor.get("/", "Accept-Encoding", "br", "If-None-Match", tag).is(304);
        visitor.get("/", "Accept-Encoding", "gzip", "If-None-Match", tag).is(200);
        visitor.get("/assets/missing.js", "Accept-Encoding", "br").is("not_found");
    }

    private Answer preflight(String origin) {
        return system.anonymous()
                .call(
                        "OPTIONS",
                        "/api/notifications/",
                        "Origin",
                        origin,
                        "Access-Control-Request-Method",
                        "POST",
                        "Access-Control-Request-Headers",
                        "authorization,content-type,idempotency-key");
    }

    @Test
    void namedOriginsMayCall() {
        Answer preflight = preflight("https://app.example.org").is(200);

        assertThat(preflight.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example.org");
        assertThat(preflight.header("Access-Control-Allow-Headers").toLowerCase(Locale.ROOT))
                .contains("authorization", "content-type", "idempotency-key");
        assertThat(preflight.header("Access-Control-Allow-Credentials")).isNull();
        Answer call = system.asUser(7).get("/api/me/", "Origin", "https://app.example.org");
        assertThat(call.header("Access-Control-Expose-Headers"))
                .contains("Location", "Retry-After", "Idempotency-Replayed", "WWW-Authenticate");
        assertThat(system.anonymous()
                        .get("/api/me/", "Origin", "https://app.example.org")
                        .header("Access-Control-Allow-Origin"))
                .isEqualTo("https://app.example.org");
    }

    @Test
    void otherOriginsMayNot() {
        for (String origin : List.of("https://evil.example", "null", "https://app.example.org.evil.example")) {
            assertThat(preflight(origin).header("Access-Control-Allow-Origin")).isNull();
            Answer call = system.asUser(7).get("/api/me/", "Origin", origin);
            assertThat(call.is("forbidden").header("Access-Control-Allow-Origin"))
                    .isNull();
        }
    }

    @Test
    void answersOfTheApiAreKeptNowhere() {
        for (String path : List.of("/api/me/", "/api/nothing", "/api/notifications/abc/", "/api/notifications/1;x/")) {
            for (Api caller : List.of(system.asUser(7), system.anonymous())) {
                Answer answer = caller.get(path);
                assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
                assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            }
        }
    }
}
