package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.ApiClient;
import io.belfry.e2e.client.Reply;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.localstack.system.ServiceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A thread that reads requests dies of an error: health and metrics say so at once, it reads again soon, nothing is lost. */
class ListenerDiesIT {

    private static final Duration TOLD_WITHIN = Duration.ofSeconds(5);
    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

    private final NotificationSystem system = NotificationSystem.own(
            "dying",
            stack -> stack.count(ServiceKind.GATEWAY, 0).with("BELFRY_FAILPOINTS", "persister.listener-error=once"));
    private final ApiClient persister =
            new ApiClient(URI.create(system.persister(1).address()), null);

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void isToldAndMended() {
        assertThat(persister.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(listenersDown()).isZero();
        List<Long> users = system.platform().newUserIds(10);
        List<String> events = new ArrayList<>();
        events.add(system.events().request(users, "The last straw"));

        // It reads for the first time when its group has settled, which takes some seconds; the error is told then.
        await("the log tells of the error").atMost(Duration.ofSeconds(20)).until(this::hasDied);
        long died = System.nanoTime();
        await("readiness is down")
                .atMost(TOLD_WITHIN)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> persister.get("/actuator/health/readiness").status() == 503);
        double told = secondsSince(died);
        Reply readiness = persister.get("/actuator/health/readiness");
        assertThat(readiness.text()).contains("\"listeners\":{\"status\":\"DOWN\"}");
        assertThat(persister.get("/actuator/health").status()).isEqualTo(503);
        assertThat(persister.get("/actuator/health/liveness").status())
                .as("it mends itself")
                .isEqualTo(200);
        assertThat(listenersDown()).isEqualTo(1);
        for (int i = 0; i < 50; i++) {
            events.add(system.events().request(users, "While it is down " + i));
        }

        await("it reads again")
                .atMost(BACK_WITHIN)
                .until(() -> persister.get("/actuator/health/readiness").status() == 200);
        double back = secondsSince(died);
        await("nothing is lost")
                .atMost(BACK_WITHIN)
                .until(() -> system.database().storedEvents(events) == events.size());
        System.out.printf(
                "A reading thread died: told after %.2f s, running after %.1f s, all %d events stored after %.1f s%n",
                told, back, events.size(), secondsSince(died));
        assertThat(secondsSince(died)).isLessThan(BACK_WITHIN.toSeconds());
        assertThat(system.database().entries(users)).hasSize(users.size() * events.size());
        assertThat(system.database().inconsistencies(users)).isEmpty();
        assertThat(listenersDown()).isZero();
    }

    private boolean hasDied() {
        try {
            return Files.readString(system.persister(1).log()).contains("StackOverflowError");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private double listenersDown() {
        return persister
                .get("/actuator/prometheus")
                .text()
                .lines()
                .filter(line -> line.startsWith("belfry_listeners_down"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElseThrow();
    }

    private static double secondsSince(long moment) {
        return (System.nanoTime() - moment) / 1e9;
    }
}
