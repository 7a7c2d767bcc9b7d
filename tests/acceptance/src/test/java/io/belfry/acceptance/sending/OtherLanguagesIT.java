package io.belfry.acceptance.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Repository;
import io.belfry.kit.database.Item;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Publishers that share no line of code with the system. */
class OtherLanguagesIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final long user = system.platform().newUserId();

    @Test
    void kcatPublishesTwiceAndItIsStoredOnce() throws IOException, InterruptedException {
        Programs.require("kcat", "-V");
        String data = Events.message(List.of(user), "From kcat").toString();
        String[] command = "kcat -P -b %s -t %s -p 2 -H ce_specversion=1.0 -H ce_id=%s -H ce_source=/kcat -H ce_type=%s"
                .formatted(
                        system.events().bootstrapServers(),
                        system.events().topic(Events.REQUESTED),
                        Events.newId(),
                        "belfry.notification.requested.v1")
                .split(" ", -1);
        try (SocketClient socket = system.socket(user)) {
            assertThat(Programs.run(data, command)).isZero();
            JsonNode frame = socket.awaitNotification("From kcat");
            assertThat(frame.path("seq").asLong()).isEqualTo(1);
            assertThat(Programs.run(data, command)).isZero();
            system.events()
                    .publish(Events.request(Events.newId(), Events.message(List.of(user), "Fence"))
                            .partition(2));
            socket.awaitNotification("Fence");
        }
        assertThat(system.database().items(user)).extracting(Item::title).containsExactly("Fence", "From kcat");
    }

    @Test
    void pythonKeepsTheOldFunction() throws IOException, InterruptedException {
        Programs.require("python3", "-c", "import confluent_kafka");
        String script = "import sys; sys.path.insert(0, sys.argv[1])\n"
                + "from send_notification import send_notification\n"
                + "send_notification(3, int(sys.argv[2]), 'exam_result', 'From Python', 'You scored 87.', {'exam_id': 12},"
                + " bootstrap_servers=sys.argv[3])\n";

        int exit = Programs.run(
                "",
                "python3",
                "-c",
                script,
                Repository.file("docs/examples/python").toString(),
                String.valueOf(user),
                system.events().bootstrapServers());

        assertThat(exit).isZero();
        await().until(() -> system.database().items(user).size() == 1);
        JsonNode shown = system.user(user).get("/api/notifications/").body().at("/results/0");
        assertThat(shown.path("sender").asLong()).isEqualTo(3);
        assertThat(shown.path("notification_type").asString()).isEqualTo("exam_result");
        assertThat(shown.at("/data/exam_id").asInt()).isEqualTo(12);
    }

    @Test
    void javaExampleRuns() throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        int exit = Programs.run(
                "",
                java,
                "-cp",
                System.getProperty("java.class.path"),
                Repository.file("docs/examples/java/ExamGraded.java").toString(),
                system.events().bootstrapServers(),
                String.valueOf(user));

        assertThat(exit).isZero();
        await().until(() -> system.database().items(user).size() == 1);
        assertThat(system.database().items(user).get(0).title()).isEqualTo("Midterm graded");
    }
}
