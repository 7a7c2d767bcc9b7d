package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.servers.SecuredServers;
import io.belfry.kit.servers.SecuredServers.Certificate;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.system.Platform.Course;
import io.belfry.localstack.system.ServiceKind;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Servers that ask for TLS and an account, which has no right but those of docs/operations.md: enough for each service. */
class SecuredServersIT {

    @Test
    void messageArrivesAndIsReadOverTlsWithAnAccount() throws Exception {
        SecuredServers secured = new SecuredServers();
        secured.secureDatabases();
        try (NotificationSystem system = NotificationSystem.own("secured", stack -> {
            for (ServiceKind kind : ServiceKind.values()) {
                secured.environment(kind.title(), Certificate.RIGHT)
                        .forEach((name, value) -> stack.with(kind, name, value));
                secured.databases().forEach((name, value) -> stack.with(kind, name, value));
            }
            return stack.owning(secured.servers());
        })) {
            Course course = system.platform().newCourse(1);
            long student = course.student(0);
            try (SocketClient socket = system.socket(student)) {
                system.user(course.instructor())
                        .post(course.sendPath(), Json.object("title", "Hello", "message", "Room B12"))
                        .expect(202);
                JsonNode frame = socket.awaitNotification("Hello");
                assertThat(frame.path("unread").asInt()).isEqualTo(1);

                long id = frame.at("/notification/id").asLong();
                socket.send(Json.object("type", "mark_read", "id", id, "ref", "c1"));
                assertThat(socket.awaitRef("c1").path("type").asString()).isEqualTo("ack");
                assertThat(socket.awaitSeq(2).path("change").asString()).isEqualTo("read");
                system.user(student)
                        .patch("/api/notifications/" + id + "/mark_unread/")
                        .expect(200);
                assertThat(socket.awaitSeq(3).path("change").asString()).isEqualTo("unread");
            }
            assertThat(system.database()
                            .count("SELECT count(*) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid)"
                                    + " WHERE ssl AND application_name IN ('notification-api', 'belfry-persister')"))
                    .isEqualTo(system.database()
                            .count("SELECT count(*) FROM pg_stat_activity"
                                    + " WHERE application_name IN ('notification-api', 'belfry-persister')"))
                    .isPositive();
            assertThat(secured.<String>redis(commands -> commands.clientList())
                            .lines()
                            .filter(client -> client.contains("laddr=127.0.0.1:" + secured.redisPort()))
                            .filter(client -> client.contains("user=belfry")))
                    .as("connections of api and gateway, one of them for what is published")
                    .hasSizeGreaterThanOrEqualTo(3);
        }
    }
}
