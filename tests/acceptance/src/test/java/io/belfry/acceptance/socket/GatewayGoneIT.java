package io.belfry.acceptance.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.client.LoadClient;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.Service;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two gateways serve the same users, and either may die or be stopped: its clients move, and none misses anything. */
class GatewayGoneIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @AfterEach
    void heal() {
        system.heal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"killed", "stopped"})
    void clientsComeBackToTheOtherWithEverything(String how) {
        Course course = system.platform().newCourse(6);
        List<URI> gateways = List.of(system.gatewayAddress(1), system.gatewayAddress(2));
        List<LoadClient> clients = course.students().stream()
                .map(student -> new LoadClient(
                                system.apiAddress(),
                                gateways,
                                () -> system.tokens().user(student))
                        .start())
                .toList();
        awaitAllOnline(course);
        try (SocketClient survivor = system.socket(course.student(0), 1)) {
            system.events().request(course.students(), "Both alive");
            clients.forEach(client -> await().until(() -> client.items().size() == 1));

            // All clients dialled the second gateway first.
            Service second = system.gateway(2);
            CompletableFuture<Void> gone = beside(how.equals("killed") ? second::kill : second::stop);
            for (int i = 0; i < 20; i++) {
                system.events().request(course.students(), "One goes " + i);
            }
            gone.join();
            system.events().request(course.students(), "One is gone");
            survivor.awaitNotification("One is gone");
            for (int i = 0; i < clients.size(); i++) {
                LoadClient client = clients.get(i);
                long student = course.student(i);
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(client.items())
                                .hasSize(22)
                                .isEqualTo(system.database().items(student)));
                assertThat(client.dials()).isGreaterThan(1);
                assertThat(client.violations()).isEmpty();
            }
            awaitAllOnline(course);

            second.start();
            try (SocketClient again = system.socket(course.student(1), 2)) {
                system.events().request(course.students(), "Both alive again");
                again.awaitNotification("Both alive again");
                survivor.awaitNotification("Both alive again");
            }
        } finally {
            clients.forEach(LoadClient::close);
        }
    }

    /** On a thread of its own: the common pool is what the JDK's HTTP client answers on, here for sockets and REST alike. */
    private static CompletableFuture<Void> beside(Runnable work) {
        return CompletableFuture.runAsync(work, task -> new Thread(task, "beside").start());
    }

    private void awaitAllOnline(Course course) {
        await("all are online")
                .until(() -> system.online(course) == course.students().size());
    }
}
