package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.ApiClient;
import io.belfry.e2e.client.Json;
import io.belfry.e2e.client.Reply;
import io.belfry.e2e.client.SocketClient;
import io.belfry.e2e.replica.ContractClient;
import io.belfry.e2e.sending.Requests;
import io.belfry.e2e.system.Events;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.e2e.system.Platform.Course;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The broker dies: senders are told quickly, readers do not notice, and what was tried again under its key is one send. */
class KafkaOutageIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @AfterEach
    void heal() {
        system.heal();
    }

    @Test
    void sendersAreToldAndReadersGoOn() {
        Course course = system.platform().newCourse(1);
        long student = course.student(0);
        ApiClient instructor = system.user(course.instructor());
        system.events().request(List.of(student), "Before");
        await().until(() -> system.database().items(student).size() == 1);
        long id = system.database().items(student).get(0).id();
        String key = Events.newId();
        try (SocketClient socket = system.socket(student);
                ContractClient client = new ContractClient(
                                system.apiAddress(),
                                List.of(system.gatewayAddress(1)),
                                () -> system.tokens().user(student))
                        .start()) {
            await().until(() -> client.items().size() == 1);

            system.servers().kafka().kill();
            long asked = System.nanoTime();
            Reply refused = send(instructor, course, key);
            refused.expectProblem(503);
            assertThat(refused.header("Retry-After")).isPresent();
            assertThat(Duration.ofNanos(System.nanoTime() - asked)).isLessThan(Duration.ofSeconds(8));

            Reply read = system.user(student)
                    .patch("/api/notifications/" + id + "/mark_read/")
                    .expect(200);
            assertThat(read.body().path("unread").asLong()).isZero();
            system.user(student).get("/api/notifications/").expect(200);
            socket.send(Json.object("type", "mark_all_read", "ref", "c1"));
            assertThat(socket.awaitRef("c1").path("code").asString()).isEqualTo("unavailable");
            // Nobody tells the gateway of it, yet the client's own check finds it.
            await().atMost(Duration.ofSeconds(20)).until(() -> client.badge() == 0 && client.applied() == 2);

            system.servers().kafka().start();
            String requestId = await().atMost(Duration.ofSeconds(60))
                    .until(() -> send(instructor, course, key), reply -> reply.status() == 202)
                    .body()
                    .path("request_id")
                    .asString();
            Requests.awaitStatus(instructor, requestId, "stored");
            assertThat(system.database().recipientsOfRequest(requestId)).containsExactly(student);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(client.items())
                            .isEqualTo(system.database().items(student)));
            assertThat(system.database().items(student)).hasSize(2);
            assertThat(client.violations()).isEmpty();
            assertThat(socket.isOpen()).isTrue();
        }
    }

    private static Reply send(ApiClient instructor, Course course, String key) {
        return instructor.post(course.sendPath(), Json.object("message", "m"), "Idempotency-Key", key);
    }
}
