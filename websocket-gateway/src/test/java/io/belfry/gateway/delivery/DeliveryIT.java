package io.belfry.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationStored.Content;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.NotificationType;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.Heard;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From Kafka to the right sockets, over two gateways. */
class DeliveryIT {

    private static final long ANA = 7;
    private static final long BRUNO = 8;

    @AutoClose
    private static final Backbone backbone = Backbone.create();

    @AutoClose
    private static final TestGateway first = TestGateway.start(backbone);

    @AutoClose
    private static final TestGateway second = TestGateway.start(backbone);

    @Test
    void reachesEverySocketOfEveryRecipientAndNoOther() {
        try (TestSocket anaHere = first.connect(ANA);
                TestSocket anaHereToo = first.connect(ANA);
                TestSocket anaThere = second.connect(ANA);
                TestSocket bruno = second.connect(BRUNO);
                TestSocket chen = first.connect(9)) {
            // As many as one event may have; Bruno is the last.
            Recipient[] recipients = LongStream.rangeClosed(1_001, 1_500)
                    .mapToObj(user -> new Recipient(user, 1, 1))
                    .toArray(Recipient[]::new);
            recipients[0] = new Recipient(ANA, 18, 3);
            recipients[499] = new Recipient(BRUNO, 5, 1);
            backbone.store(9001, recipients);

            for (TestSocket ana : List.of(anaHere, anaHereToo, anaThere)) {
                assertThat(ana.text())
                        .isEqualTo(
                                "{\"type\":\"notification\",\"seq\":18,\"unread\":3,\"epoch\":\"7c1f\",\"notification\":"
                                        + "{\"id\":9001,\"sender\":3,\"sender_name\":\"Ines Costa\",\"source_name\":null,"
                                        + "\"notification_type\":\"course_update\",\"title\":\"Week 5\","
                                        + "\"message\":\"Slides are up.\",\"data\":{},\"course\":42,\"course_title\":\"Algebra\",\"test\":false,"
                                        + "\"created_at\":\"2026-11-23T10:15:30.123Z\"}}");
            }
            assertThat(bruno.frame("notification").get("seq").longValue()).isEqualTo(5);

            // Chen's turn comes after: had the first been for Chen too, it would be the first to arrive.
            backbone.store(9002, new Recipient(9, 1, 1));
            assertThat(chen.frame().at("/notification/id").longValue()).isEqualTo(9002);
            assertThat(anaHere.waiting() + anaThere.waiting() + bruno.waiting()).isZero();
        }
    }

    @Test
    void passesChangesOnToAllOfTheUsersSockets() {
        try (TestSocket here = first.connect(ANA);
                TestSocket there = second.connect(ANA)) {
            backbone.change(InboxChanged.ofIds(Backbone.EPOCH, ANA, 19, 2, Change.READ, List.of(9001L)));
            backbone.change(InboxChanged.allRead(Backbone.EPOCH, ANA, 20, 0, 9001, 18));

            for (TestSocket ana : List.of(here, there)) {
                assertThat(ana.text())
                        .isEqualTo(
                                "{\"type\":\"inbox\",\"seq\":19,\"unread\":2,\"epoch\":\"7c1f\",\"change\":\"read\",\"ids\":[9001]}");
                assertThat(ana.text())
                        .isEqualTo(
                                "{\"type\":\"inbox\",\"seq\":20,\"unread\":0,\"epoch\":\"7c1f\",\"change\":\"all_read\",\"up_to\":9001,\"up_to_seq\":18}");
            }
        }
    }

    @Test
    void readsNothingOfBeforeItsStart() {
        for (int partition = 0; partition < 3; partition++) {
            backbone.send(new ProducerRecord<>(backbone.topics().stored(), partition, null, new byte[] {1}));
        }
        try (TestGateway late = TestGateway.start(backbone);
                TestSocket ana = late.connect(ANA)) {
            backbone.store(9003, new Recipient(ANA, 21, 1));

            assertThat(ana.frame("notification").get("seq").longValue()).isEqualTo(21);
            assertThat(late.metric("belfry_gateway_undecodable_events_total")).isZero();
        }
    }

    @Test
    void keepsTheOrderOfALongRow() {
        try (TestSocket ana = first.connect(ANA)) {
            for (int seq = 1; seq <= 300; seq++) {
                backbone.store(seq, new Recipient(ANA, seq, seq));
            }
            for (int seq = 1; seq <= 300; seq++) {
                assertThat(ana.frame("notification").get("seq").longValue()).isEqualTo(seq);
            }
        }
    }

    @Test
    void carriesTheLargestNotificationUnharmed() {
        String message = "\u0001\u2028<\uD83D\uDE00>&\"\\".repeat(1_000) + "x".repeat(1_000);
        String data = "{\"deep\":" + "[".repeat(14) + "]".repeat(14) + ",\"text\":\"" + "é".repeat(8_000) + "\"}";
        Content content = new Content(
                9003,
                null,
                null,
                null,
                NotificationType.MESSAGE,
                "",
                message,
                NotificationData.of(StrictJson.ignoringUnknownFields().parse(data, 16)),
                null,
                null,
                false,
                Instant.now());
        try (TestSocket ana = first.connect(ANA)) {
            backbone.store(content, new Recipient(ANA, (1L << 53) - 1, 0));

            JsonNode frame = ana.frame("notification");
            assertThat(frame.get("seq").longValue()).isEqualTo((1L << 53) - 1);
            assertThat(frame.at("/notification/message").stringValue()).isEqualTo(message);
            assertThat(frame.at("/notification/data").toString()).isEqualTo(data);
            assertThat(frame.at("/notification/sender").isNull()).isTrue();
        }
    }

    @Test
    void leavesOutWhatItCannotReadAndGoesOn() {
        double before = first.metric("belfry_gateway_undecodable_events_total");
        try (TestSocket ana = first.connect(ANA)) {
            String stored = backbone.topics().stored();
            backbone.send(new ProducerRecord<>(stored, 0, null, null));
            backbone.send(new ProducerRecord<>(stored, 0, null, new byte[] {1, 2, 3}));
            backbone.send(
                    new ProducerRecord<>(stored, 0, null, "{\"recipients\":[]}".getBytes(StandardCharsets.UTF_8)));
            backbone.send(new ProducerRecord<>(backbone.topics().changed(), 0, null, new byte[1_000]));
            backbone.store(9004, new Recipient(ANA, 21, 1));

            assertThat(ana.frame("notification").get("seq").longValue()).isEqualTo(21);
            await().until(() -> first.metric("belfry_gateway_undecodable_events_total") == before + 4);
        }
    }

    @Test
    void countsWhatItDoes() {
        double frames = first.metric("belfry_gateway_frames_sent_total");
        double measured = first.metric("belfry_end_to_end_seconds_count");
        try (TestSocket ana = first.connect(ANA)) {
            await().until(() -> first.metric("belfry_gateway_sessions") >= 1);
            backbone.store(9006, new Recipient(ANA, 22, 1));
            ana.frame("notification");
        }
        await().untilAsserted(() -> {
            assertThat(first.metric("belfry_gateway_frames_sent_total")).isEqualTo(frames + 1);
            assertThat(first.metric("belfry_end_to_end_seconds_count")).isEqualTo(measured + 1);
            assertThat(first.metric("belfry_gateway_closes_total{code=\"1000\"}"))
                    .isPositive();
        });
    }

    @Test
    void readsPartitionsThatAppearLaterFromTheirStart() {
        Heard heard = new Heard();
        try (Backbone own = Backbone.create();
                EventDelivery delivery = heard.delivery(own, UserShard.WHOLE)) {
            delivery.start();
            await().until(delivery::isPositioned);
            own.addPartitions(own.topics().stored(), 8);
            await().ignoreExceptions().until(() -> {
                own.store(7, "first", Backbone.content(9001, "Slides are up."), new Recipient(ANA, 1, 1));
                return true;
            });
            own.store(7, "last", Backbone.content(9002, "Slides are up."), new Recipient(ANA, 2, 2));

            await().atMost(Duration.ofSeconds(20)).until(() -> heard.epochs().contains("last"));
            assertThat(heard.epochs()).contains("first");
        }
    }
}
