package io.belfry.persister.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A class with an installation of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class PersisterTest {

    protected final Installation installation = new Installation();
    protected final JdbcClient jdbc = installation.jdbc();

    @AfterAll
    void closeInstallation() {
        installation.close();
    }

    /** Long enough for a slow machine; whatever takes that long has failed. */
    protected static ConditionFactory eventually() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(50))
                .ignoreExceptions();
    }

    /** The status of a GET at a persister. */
    protected static int status(ApplicationContext persister, String path) {
        return get(persister, path).statusCode();
    }

    protected static HttpResponse<String> get(ApplicationContext persister, String path) {
        String port = persister.getEnvironment().getProperty("local.server.port");
        try {
            return HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param labels as they are written: {@code topic="a"} */
    protected static double figure(ApplicationContext persister, String name, String... labels) {
        return Figures.sum(get(persister, "/actuator/prometheus").body(), name, labels);
    }

    protected static void awaitReady(ApplicationContext persister) {
        eventually().until(() -> status(persister, "/actuator/health/readiness") == 200);
    }
}
