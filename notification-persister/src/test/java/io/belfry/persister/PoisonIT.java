package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.belfry.events.EventId;
import io.belfry.kit.contract.AsyncApi;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.kafka.Poison;
import io.belfry.persister.support.Installation;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Whatever comes in: what can be read is stored, what can not is set aside whole. */
class PoisonIT extends PersisterTest {

    private final String requested = installation.topics().requested();

    @BeforeAll
    void startOne() {
        start("BELFRY_LINK_HOSTS", "school.example", "BELFRY_PERSISTER_PATIENCE_SECONDS", "2");
    }

    @Test
    void setsAsideEveryKindOfBadRecordWholeUnderItsCodeAndStoresItsNeighbours() {
        Map<RecordMetadata, Poison> sent = new LinkedHashMap<>();
        List<Long> neighbours = new ArrayList<>();
        for (Poison kind : Poison.kinds(777_778)) {
            Draft draft = kind.draft();
            sent.put(installation.send(requested, kind.name(), draft.value(), draft.headers()), kind);
            neighbours.add(sendGood());
        }

        eventually().until(() -> neighbours.stream().allMatch(this::isStored));
        sent.forEach((bad, kind) -> {
            ConsumerRecord<byte[], byte[]> letter = eventually().until(() -> letterOf(bad), found -> found != null);
            assertThat(letter.value()).as(kind.name()).isEqualTo(kind.draft().value());
            assertThat(letter.key()).isEqualTo(bytes(kind.name()));
            kind.draft()
                    .headers()
                    .forEach((name, text) ->
                            assertThat(Events.header(letter, name)).isEqualTo(text));
            assertThat(Events.header(letter, "belfry-error"))
                    .as(kind.name())
                    .isEqualTo(kind.code())
                    .isIn(AsyncApi.shared().deadLetterCodes());
            assertThat(Events.header(letter, "belfry-error-detail")).isNotBlank();
            assertThat(Events.header(letter, "belfry-original-topic")).isEqualTo(requested);
        });
    }

    @Test
    void ignoresHeadersOfFrameworks() {
        Map<String, String> headers = headers();
        headers.put("spring_json_header_types", "{\"x\":\"java.net.URL\"}");
        headers.put("kafka_dlt-exception-stacktrace", "forged");
        for (int i = 0; i < 500; i++) {
            headers.put("h" + i, "x");
        }
        long user = newId();
        installation.send(requested, null, bytes(audience("{\"users\": [" + user + "]}")), headers);
        eventually().until(() -> isStored(user));
    }

    @Test
    void takesALinkToAHostOfTheList() {
        long user = newId();
        String value = audience("{\"users\": [" + user + "]}")
                .replaceFirst("}$", ", \"data\": {\"url\": \"https://school.example/x\"}}");
        installation.send(requested, null, bytes(value), headers());
        eventually().until(() -> isStored(user));
    }

    @Test
    void keepsByTheBrokersClockWhatAProducerWithAWrongOneSends() {
        for (Instant wrong : List.of(Instant.EPOCH, Instant.parse("2099-01-01T00:00:00Z"))) {
            long user = newId();
            EventId id = new EventId("/wrong-clock", UUID.randomUUID().toString());
            ProducerRecord<byte[], byte[]> request = installation.request(0, id, Requests.toUsers("m", user));
            RecordMetadata sent = Installation.acknowledged(installation
                    .producer()
                    .send(new ProducerRecord<>(
                            requested, 0, wrong.toEpochMilli(), request.key(), request.value(), request.headers())));

            assertThat(Instant.ofEpochMilli(sent.timestamp()))
                    .as("what retention counts from")
                    .isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            eventually().until(() -> isStored(user));
        }
    }

    @Test
    void rejectsTheRestRequestOfACourseThatIsGone() {
        String id = UUID.randomUUID().toString();
        jdbc.sql("""
                        INSERT INTO notification_request
                               (id, caller, path, body_hash, recipients, accepted_recipients, status)
                        VALUES (?, 'user:3', '/', '', 5, 5, 'accepted')
                        """).param(id).update();
        installation.publish(new EventId("belfry/api", id), Requests.toCourse("too late", 777_777));
        eventually()
                .untilAsserted(
                        () -> assertThat(jdbc.sql("SELECT status, error_code FROM notification_request WHERE id = ?")
                                        .param(id)
                                        .query()
                                        .singleRow())
                                .containsEntry("status", "rejected")
                                .containsEntry("error_code", "unknown_course"));
    }

    @Test
    void setsAsideWhatTheDatabaseRefusesAlone() {
        refuse("refused", "22P05");
        long user = newId();
        RecordMetadata bad = acknowledge("refused", user);
        long neighbour = sendGood();
        eventually().until(() -> isStored(neighbour));
        eventually()
                .untilAsserted(() ->
                        assertThat(Events.header(letterOf(bad), "belfry-error")).isEqualTo("invalid_field"));
        assertThat(isStored(user)).isFalse();
    }

    @Test
    void setsAsideWhatKeepsFailingAloneOnlyAfterItsTime() {
        refuse("cursed", "P0001");
        RecordMetadata bad = acknowledge("cursed", newId());
        long first = sendGood();
        eventually().until(() -> isStored(first));
        assertThat(letterOf(bad))
                .as("its neighbours go on, and it has time yet")
                .isNull();
        eventually().untilAsserted(() -> {
            // Others have to be served meanwhile, or its time would not count.
            sendGood();
            assertThat(Events.header(letterOf(bad), "belfry-error")).isEqualTo("unprocessable");
        });
    }

    @Test
    void waitsForALockedInboxWithThatRecordAloneAsLongAsItIsLocked() throws SQLException {
        long user = sendGood();
        eventually().until(() -> isStored(user));
        RecordMetadata waiting;
        try (Connection other = installation.transaction("SELECT FROM inbox WHERE user_id = " + user + " FOR UPDATE")) {
            long sent = System.nanoTime();
            waiting = acknowledge("locked", user);
            List<Long> neighbours = List.of(sendGood(), sendGood(), sendGood(), sendGood());
            eventually().until(() -> neighbours.stream().allMatch(this::isStored));
            assertThat(Duration.ofNanos(System.nanoTime() - sent)).isLessThan(Duration.ofSeconds(3));
            // Its budget is 2 s, and time in which others are stored counts.
            eventually().until(() -> {
                long one = sendGood();
                eventually().until(() -> isStored(one));
                return System.nanoTime() - sent > Duration.ofSeconds(8).toNanos();
            });
            assertThat(letterOf(waiting)).isNull();
            assertThat(entries(user)).isEqualTo(1);
            other.rollback();
        }
        eventually().until(() -> entries(user) == 2);
        assertThat(letterOf(waiting)).isNull();
    }

    private RecordMetadata acknowledge(String message, long user) {
        return Installation.acknowledged(installation.publish(
                new EventId("/refused", UUID.randomUUID().toString()), Requests.toUsers(message, user)));
    }

    private void refuse(String message, String state) {
        String name = "\"refuse " + message + "\"";
        jdbc.sql("CREATE FUNCTION " + name + "() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                        + "RAISE EXCEPTION 'no' USING ERRCODE = '" + state + "'; END $$")
                .update();
        jdbc.sql("CREATE TRIGGER " + name + " BEFORE INSERT ON notification FOR EACH ROW WHEN (NEW.message = '"
                        + message + "') EXECUTE FUNCTION " + name + "()")
                .update();
    }

    /** The only dead letter of this record, or null. */
    private ConsumerRecord<byte[], byte[]> letterOf(RecordMetadata record) {
        List<ConsumerRecord<byte[], byte[]>> letters = installation.deadLetters().stream()
                .filter(letter -> Integer.toString(record.partition())
                                .equals(Events.header(letter, "belfry-original-partition"))
                        && Long.toString(record.offset()).equals(Events.header(letter, "belfry-original-offset")))
                .toList();
        assertThat(letters).hasSizeLessThanOrEqualTo(1);
        return letters.isEmpty() ? null : letters.get(0);
    }

    private long sendGood() {
        long user = newId();
        installation.publish(new EventId("/good", UUID.randomUUID().toString()), Requests.toUsers("good", user));
        return user;
    }

    private boolean isStored(long user) {
        return entries(user) > 0;
    }

    private long entries(long user) {
        return entries(List.of(user));
    }

    private static Map<String, String> headers() {
        Map<String, String> headers = new HashMap<>();
        headers.put("ce_specversion", "1.0");
        headers.put("ce_id", UUID.randomUUID().toString());
        headers.put("ce_source", "/tests");
        headers.put("ce_type", "belfry.notification.requested.v1");
        headers.put("content-type", "application/json");
        return headers;
    }

    private static String audience(String audience) {
        return "{\"audience\": " + audience + ", \"notification_type\": \"message\", \"message\": \"m\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
