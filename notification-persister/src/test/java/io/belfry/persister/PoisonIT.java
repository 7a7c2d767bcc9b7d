package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.names.Topics;
import io.belfry.persister.startup.PersisterSettings;
import io.belfry.persister.support.Installation;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import io.belfry.persister.support.TopicReader;
import io.belfry.persister.support.Wire;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

/** Whatever comes in: what can be read is stored, what can not is set aside whole. */
class PoisonIT extends PersisterTest {

    private static final AtomicLong USERS = new AtomicLong(1);

    private ConfigurableApplicationContext persister;
    private TopicReader deadLetters;

    @BeforeAll
    void start() {
        Map<String, String> environment = new HashMap<>(installation.environment());
        environment.put("BELFRY_LINK_HOSTS", "school.example");
        environment.put("BELFRY_PERSISTER_PATIENCE_SECONDS", "2");
        persister = PersisterMain.start(PersisterSettings.fromEnvironment(environment));
        awaitReady(persister);
        deadLetters =
                installation.reader(Topics.deadLetter(installation.topics().requested()));
    }

    @AfterAll
    void stop() {
        deadLetters.close();
        persister.close();
    }

    static Stream<Arguments> badValues() {
        return Stream.of(
                bad("empty", (byte[]) null),
                bad("empty", new byte[0]),
                bad("not_json", new byte[] {(byte) 0x9c}),
                bad("not_json", new byte[] {0, 0, 0, 0, 1, 2}),
                bad("not_json", new byte[] {0x1f, (byte) 0x8b, 8, 0}),
                bad("not_json", "{\"audience\": {\"users\": [1]}, \"notif"),
                bad("not_object", "[]"),
                bad("not_object", "\"text\""),
                bad("invalid_field", request("\"title\": \"" + "x".repeat(256) + "\"")),
                bad("not_json", request("\"title\": \"a\\u0000b\"")),
                bad("not_json", request("\"data\": {\"a\": \"\\u0000\"}")),
                bad("not_json", request("\"data\": {\"a\": \"\\ud800\"}")),
                bad("not_json", request("\"data\": {\"a\": 1e999999999}")),
                bad("too_deep", request("\"data\": " + "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000))),
                bad("too_deep", request("\"data\": " + "{\"a\":".repeat(16) + "{}" + "}".repeat(16))),
                bad(
                        "not_json",
                        "{\"audience\": {\"users\": [1]}, \"audience\": {\"users\": [2]}, "
                                + "\"notification_type\": \"message\", \"message\": \"m\"}"),
                bad("not_json", request("\"title\": \"t\"") + "{}"),
                bad("invalid_field", audience("{\"users\": [0]}")),
                bad("invalid_field", audience("{\"users\": [-1]}")),
                bad("invalid_field", audience("{\"users\": [1.9]}")),
                bad("invalid_field", audience("{\"users\": [\"12\"]}")),
                bad("invalid_field", audience("{\"users\": [9007199254740992]}")),
                bad("invalid_field", audience("{\"users\": [null]}")),
                bad("invalid_field", audience("{\"users\": []}")),
                bad("invalid_field", audience("{\"users\": [" + "1,".repeat(10_000) + "1]}")),
                bad("invalid_field", audience("{\"users\": [1], \"course\": 1}")),
                bad("invalid_field", audience("{}")),
                bad("unknown_course", audience("{\"course\": 999999}")),
                bad(
                        "invalid_field",
                        request("\"notification_type\": \"exam_results\"").replace("\"message\"", "\"x\"")),
                bad("invalid_field", "{\"audience\": {\"users\": [1]}, \"notification_type\": \"message\"}"),
                bad("invalid_field", request("\"message\": 5").replaceFirst("\"message\": \"m\", ", "")),
                bad("invalid_field", request("\"data\": {\"url\": \"javascript:alert(1)\"}")),
                bad("invalid_field", request("\"data\": {\"url\": \"//evil.example\"}")),
                bad("invalid_field", request("\"data\": {\"url\": \"https://evil.example/\"}")),
                bad("invalid_field", request("\"data\": {\"blob\": \"" + "x".repeat(16_400) + "\"}")),
                bad("invalid_field", request("\"data\": []")));
    }

    @ParameterizedTest
    @MethodSource("badValues")
    void setsAsideABadValueAndStoresTheNextGoodOne(String code, byte[] value) {
        RecordMetadata bad = sendBad(value, headers());
        long neighbour = sendGood();
        eventually().until(() -> isStored(neighbour));
        assertSetAside(bad, code, value);
    }

    static Stream<Map<String, String>> badHeaders() {
        Map<String, String> noId = headers();
        noId.remove("ce_id");
        Map<String, String> blankSource = headers();
        blankSource.put("ce_source", " ");
        Map<String, String> longId = headers();
        longId.put("ce_id", "x".repeat(256));
        Map<String, String> noType = headers();
        noType.remove("ce_type");
        Map<String, String> unknownType = headers();
        unknownType.put("ce_type", "belfry.notification.requested.v99");
        Map<String, String> noVersion = headers();
        noVersion.remove("ce_specversion");
        Map<String, String> farTime = headers();
        farTime.put("ce_time", "+294277-01-01T00:00:00Z");
        Map<String, String> millisTime = headers();
        millisTime.put("ce_time", "1767225600000");
        return Stream.of(noId, blankSource, longId, noType, unknownType, noVersion, farTime, millisTime, Map.of());
    }

    @ParameterizedTest
    @MethodSource("badHeaders")
    void setsAsideARecordWithoutAProperEnvelope(Map<String, String> headers) {
        byte[] value = bytes(request("\"title\": \"t\""));
        RecordMetadata bad = sendBad(value, headers);
        long neighbour = sendGood();
        eventually().until(() -> isStored(neighbour));
        ConsumerRecord<byte[], byte[]> letter = eventually().until(() -> letterOf(bad), found -> found != null);
        assertThat(Wire.header(letter, "belfry-error")).isIn("bad_attributes", "unknown_type");
        assertThat(letter.value()).isEqualTo(value);
        headers.forEach((name, text) -> assertThat(Wire.header(letter, name)).isEqualTo(text));
    }

    @Test
    void storesTheNeighboursOfManyPoisonousRecords() {
        List<RecordMetadata> bad = new ArrayList<>();
        List<Long> good = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            if (i % 10 == 3) {
                bad.add(sendBad(bytes("poison " + i), headers()));
            } else {
                long user = USERS.incrementAndGet();
                good.add(user);
                installation.publish(new EventId("/many", Integer.toString(i)), Requests.toUsers("good " + i, user));
            }
        }
        eventually()
                .until(() -> jdbc.sql("SELECT count(*) FROM inbox_entry WHERE user_id = ANY (?)")
                                .param(good.toArray(Long[]::new))
                                .query(Integer.class)
                                .single()
                        == good.size());
        eventually().until(() -> bad.stream().allMatch(record -> letterOf(record) != null));
        assertThat(deadLetters.all())
                .filteredOn(letter -> letter.value() != null
                        && new String(letter.value(), StandardCharsets.UTF_8).startsWith("poison "))
                .hasSize(100)
                .allSatisfy(letter -> assertThat(letter.key()).isEqualTo(bytes("key")));
    }

    @Test
    void ignoresHeadersOfFrameworks() {
        Map<String, String> headers = headers();
        headers.put("spring_json_header_types", "{\"x\":\"java.net.URL\"}");
        headers.put("kafka_dlt-exception-stacktrace", "forged");
        for (int i = 0; i < 500; i++) {
            headers.put("h" + i, "x");
        }
        long user = USERS.incrementAndGet();
        installation.send(
                installation.topics().requested(), null, bytes(audience("{\"users\": [" + user + "]}")), headers);
        eventually().until(() -> isStored(user));
    }

    @Test
    void takesALinkToAHostOfTheList() {
        long user = USERS.incrementAndGet();
        String value = audience("{\"users\": [" + user + "]}")
                .replaceFirst("}$", ", \"data\": {\"url\": \"https://school.example/x\"}}");
        installation.send(installation.topics().requested(), null, bytes(value), headers());
        eventually().until(() -> isStored(user));
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
        long user = USERS.incrementAndGet();
        RecordMetadata bad = acknowledge("refused", user);
        long neighbour = sendGood();
        eventually().until(() -> isStored(neighbour));
        eventually()
                .untilAsserted(() ->
                        assertThat(Wire.header(letterOf(bad), "belfry-error")).isEqualTo("invalid_field"));
        assertThat(isStored(user)).isFalse();
    }

    @Test
    void setsAsideWhatKeepsFailingAloneOnlyAfterItsTime() {
        refuse("cursed", "P0001");
        RecordMetadata bad = acknowledge("cursed", USERS.incrementAndGet());
        long first = sendGood();
        eventually().until(() -> isStored(first));
        assertThat(letterOf(bad))
                .as("its neighbours go on, and it has time yet")
                .isNull();
        eventually().untilAsserted(() -> {
            // Others have to be served meanwhile, or its time would not count.
            sendGood();
            assertThat(Wire.header(letterOf(bad), "belfry-error")).isEqualTo("unprocessable");
        });
    }

    @Test
    void storesWhatFailedAloneOnceItsCauseIsGone() {
        refuse("patient", "P0001");
        long user = USERS.incrementAndGet();
        RecordMetadata bad = acknowledge("patient", user);
        long neighbour = sendGood();
        eventually().until(() -> isStored(neighbour));
        jdbc.sql("DROP TRIGGER \"refuse patient\" ON notification").update();
        eventually().until(() -> isStored(user));
        assertThat(letterOf(bad)).isNull();
    }

    @Test
    void waitsForALockedInboxWithThatRecordAloneAsLongAsItIsLocked() throws SQLException {
        long user = sendGood();
        eventually().until(() -> isStored(user));
        RecordMetadata waiting;
        try (Connection other = DriverManager.getConnection(
                installation.databaseUrl(), installation.servers().postgres().user(), "")) {
            other.setAutoCommit(false);
            other.createStatement().execute("SELECT FROM inbox WHERE user_id = " + user + " FOR UPDATE");
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
        }
        eventually().until(() -> entries(user) == 2);
        assertThat(letterOf(waiting)).isNull();
    }

    private RecordMetadata acknowledge(String message, long user) {
        return Installation.acknowledged(installation.publish(
                new EventId("/refused", UUID.randomUUID().toString()), Requests.toUsers(message, user)));
    }

    private void refuse(String message, String state) {
        jdbc.sql("CREATE FUNCTION \"refuse " + message + "\"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
                        + "RAISE EXCEPTION 'no' USING ERRCODE = '" + state + "'; END $$")
                .update();
        jdbc.sql("CREATE TRIGGER \"refuse " + message
                        + "\" BEFORE INSERT ON notification FOR EACH ROW WHEN (NEW.message = '" + message
                        + "') EXECUTE FUNCTION \"refuse " + message + "\"()")
                .update();
    }

    private void assertSetAside(RecordMetadata bad, String code, byte[] value) {
        ConsumerRecord<byte[], byte[]> letter = eventually().until(() -> letterOf(bad), found -> found != null);
        assertThat(Wire.header(letter, "belfry-error")).isEqualTo(code);
        assertThat(Wire.header(letter, "belfry-error-detail")).isNotBlank();
        assertThat(Wire.header(letter, "belfry-original-topic"))
                .isEqualTo(installation.topics().requested());
        assertThat(letter.value()).isEqualTo(value);
        assertThat(letter.key()).isEqualTo(bytes("key"));
        assertThat(Wire.header(letter, "ce_source")).isEqualTo("/tests");
    }

    /** The only dead letter of this record, or null. */
    private ConsumerRecord<byte[], byte[]> letterOf(RecordMetadata record) {
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters.all().stream()
                .filter(letter ->
                        Integer.toString(record.partition()).equals(Wire.header(letter, "belfry-original-partition"))
                                && Long.toString(record.offset()).equals(Wire.header(letter, "belfry-original-offset")))
                .toList();
        assertThat(letters).hasSizeLessThanOrEqualTo(1);
        return letters.isEmpty() ? null : letters.get(0);
    }

    private RecordMetadata sendBad(byte[] value, Map<String, String> headers) {
        return installation.send(installation.topics().requested(), "key", value, headers);
    }

    private long sendGood() {
        long user = USERS.incrementAndGet();
        installation.publish(new EventId("/good", UUID.randomUUID().toString()), Requests.toUsers("good", user));
        return user;
    }

    private boolean isStored(long user) {
        return entries(user) > 0;
    }

    private long entries(long user) {
        return jdbc.sql("SELECT count(*) FROM inbox_entry WHERE user_id = ?")
                .param(user)
                .query(Long.class)
                .single();
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

    private static String request(String field) {
        String type = field.startsWith("\"notification_type\"") ? "" : "\"notification_type\": \"message\", ";
        return "{\"audience\": {\"users\": [1]}, " + type + "\"message\": \"m\", " + field + "}";
    }

    private static String audience(String audience) {
        return "{\"audience\": " + audience + ", \"notification_type\": \"message\", \"message\": \"m\"}";
    }

    private static Arguments bad(String code, String value) {
        return Arguments.of(code, bytes(value));
    }

    private static Arguments bad(String code, byte[] value) {
        return Arguments.of(code, value);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
