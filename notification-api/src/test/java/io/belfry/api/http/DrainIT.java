package io.belfry.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.ApiNode;
import io.belfry.api.support.TestSystem;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A node that is told to stop says so before it does, and serves until it is left. */
class DrainIT {

    private static final int DRAIN_SECONDS = 3;
    private static final String READINESS = "/actuator/health/readiness";

    private final TestSystem system = TestSystem.shared();
    private final long instructor = TestSystem.newId();
    private final long course = TestSystem.newId();

    @Test
    void servesOnWhileItIsNotReadyAndAsksToBeLeft() {
        system.database().course(course, instructor);
        Map<String, String> environment = system.environment();
        environment.put("BELFRY_API_DRAIN_SECONDS", String.valueOf(DRAIN_SECONDS));
        ApiNode node = ApiNode.start(environment);
        Api api = node.as(TestSystem.TOKENS.user(instructor));
        await().until(() -> api.get(READINESS).status() == 200);
        assertThat(api.get("/api/notifications/").header("Connection")).isNull();

        long told = System.nanoTime();
        CompletableFuture<Void> stopped =
                CompletableFuture.runAsync(node::close, task -> new Thread(task, "stop").start());
        await().pollInterval(Duration.ofMillis(20))
                .until(() -> api.get(READINESS).status() == 503);
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isLessThan(Duration.ofSeconds(1));

        api.get("/actuator/health/liveness").is(200);
        assertThat(api.get("/api/notifications/").is(200).header("Connection")).isEqualTo("close");
        String path = "/api/courses/" + course + "/notify-students/";
        api.post(path, "{\"message\":\"late\"}").is(202);
        assertThat(api.post(path, "nonsense").header("Connection")).isEqualTo("close");

        stopped.orTimeout(30, TimeUnit.SECONDS).join();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).isGreaterThan(Duration.ofSeconds(DRAIN_SECONDS));
        assertThatThrownBy(() -> api.get(READINESS)).isInstanceOf(UncheckedIOException.class);
    }
}
