package io.belfry.acceptance.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.client.LoadClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A gateway that is stopped sends its clients away in time, and none of them misses anything. */
class DrainIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @AfterEach
    void heal() {
        system.heal();
    }

    @Test
    void clientsByTheRuleMoveAndMissNothing() {
        Course course = system.platform().newCourse(4);
        List<LoadClient> clients = course.students().stream()
                .map(student -> new LoadClient(
                                system.apiAddress(),
                                // Dialled in turns, the second first.
                                List.of(system.gatewayAddress(1), system.gatewayAddress(2)),
                                () -> system.tokens().user(student))
                        .start())
                .toList();
        awaitOnline(course, 4);
        system.events().request(course.students(), "Before");
        clients.forEach(client -> await().until(() -> client.items().size() == 1));

        CompletableFuture<Void> stopped = stopSecond();
        for (int i = 0; i < 20; i++) {
            system.events().request(course.students(), "During " + i);
        }
        stopped.orTimeout(30, TimeUnit.SECONDS).join();
        system.events().request(course.students(), "After");

        for (int i = 0; i < clients.size(); i++) {
            LoadClient client = clients.get(i);
            long student = course.student(i);
            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> assertThat(client.items())
                            .hasSize(22)
                            .isEqualTo(system.database().items(student)));
            assertThat(client.violations()).isEmpty();
            assertThat(client.dials()).isGreaterThanOrEqualTo(2);
        }
        awaitOnline(course, 4);
        clients.forEach(LoadClient::close);
        awaitOnline(course, 0);
    }

    /** On a thread of its own: the common pool is what the JDK's HTTP client answers on, here for sockets and REST alike. */
    private CompletableFuture<Void> stopSecond() {
        return CompletableFuture.runAsync(() -> system.gateway(2).stop(), task -> new Thread(task, "stop").start());
    }

    private void awaitOnline(Course course, int expected) {
        await("online is " + expected).until(() -> system.online(course) == expected);
    }
}
