package io.belfry.acceptance.containers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.client.LoadClient;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Database;
import io.belfry.kit.database.Database.Addition;
import io.belfry.kit.database.Item;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.Platform;
import io.belfry.kit.system.Platform.Course;
import io.belfry.kit.tokens.Tokens;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What an operator starts from docker-compose.yml and an {@code .env}, seen through nginx and Kafka's published port. */
@Tag("containers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContainersIT {

    private static final int SOCKETS = 2_000;
    private static final int RECIPIENTS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Tokens tokens = new Tokens(Compose.SECRET);
    private Compose compose;
    private Events events;
    private Platform platform;
    private Database database;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        compose = new Compose(folder);
        compose.run("up", "--build", "--wait", "--wait-timeout", "120");
        events = new Events("127.0.0.1:" + compose.kafkaPort, "");
        platform = new Platform(events, new ApiClient(compose.address(), tokens.admin(1)));
        database = new Database(
                "jdbc:postgresql://127.0.0.1:" + compose.databasePort + "/belfry", "belfry", Compose.DATABASE_PASSWORD);
    }

    @AfterAll
    void stop() {
        compose.close();
    }

    private ApiClient user(long id) {
        return new ApiClient(compose.address(), tokens.user(id));
    }

    private SocketClient socket(long user) {
        SocketClient socket =
                Dial.to(compose.socketAddress()).bearer(tokens.user(user)).open();
        socket.welcome();
        return socket;
    }

    @Test
    @Order(1)
    void messageArrivesThroughNginx() {
        Course course = platform.newCourse(2);
        long student = course.student(0);
        assertThat(user(student)
                        .get("/api/me/")
                        .expect(200)
                        .body()
                        .path("websocket_url")
                        .asString())
                .isEqualTo(compose.socketAddress().toString());
        try (SocketClient socket = socket(student)) {
            user(course.instructor())
                    .post(course.sendPath(), Json.object("title", "Hello", "message", "Room B12"))
                    .expect(202);
            assertThat(socket.awaitNotification("Hello").path("unread").asInt()).isEqualTo(1);
        }
        JsonNode list = user(student).get("/api/notifications/").expect(200).body();
        assertThat(list.at("/results/0/title").asString()).isEqualTo("Hello");
        for (String page :
                List.of("/", "/notifications/" + list.at("/results/0/id").asLong())) {
            assertThat(user(student)
                            .send("GET", page, null, "Accept", "text/html")
                            .expect(200)
                            .text())
                    .contains("<div id=\"root\">");
        }
        assertThat(user(student).get("/actuator/prometheus").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void scriptsOfThePageArePacked() {
        ApiClient stranger = new ApiClient(compose.address(), null);
        String page = stranger.get("/").text();
        String script = page.replaceAll("(?s).*src=\"([^\"]+\\.js)\".*", "$1");

        Reply packed = stranger.send("GET", script, null, "Accept-Encoding", "gzip");

        assertThat(packed.expect(200).header("Content-Encoding")).hasValue("gzip");
        assertThat(packed.response().body()).hasSizeLessThan(250_000);
    }

    @Test
    @Order(2)
    void nothingRunsAsRootOrMayBecomeIt() {
        for (String service : compose.services()) {
            assertThat(compose.docker("top", service).lines().skip(1))
                    .as(service)
                    .noneMatch(process -> process.startsWith("root "));
            JsonNode host = Json.parse(compose.docker("inspect", service).getBytes(UTF_8))
                    .path(0)
                    .path("HostConfig");
            assertThat(host.at("/CapDrop/0").asString()).as(service).isEqualTo("ALL");
            assertThat(host.at("/SecurityOpt/0").asString()).as(service).isEqualTo("no-new-privileges:true");
            assertThat(host.path("Memory").asLong()).as(service).isPositive();
            // Kafka writes its settings from the variables that it is given.
            assertThat(host.path("ReadonlyRootfs").asBoolean()).as(service).isEqualTo(!service.equals("kafka"));
        }
    }

    /** Native libraries of codecs are unpacked into a folder that must allow it. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "lz4", "snappy", "zstd"})
    @Order(3)
    void recordsOfEachCodecArrive(String codec) {
        long user = platform.newUserId();
        try (SocketClient socket = socket(user);
                KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        Map.of("bootstrap.servers", events.bootstrapServers(), "compression.type", codec),
                        new ByteArraySerializer(),
                        new ByteArraySerializer())) {
            Draft draft = Events.request(Events.newId(), Events.message(List.of(user), codec));
            ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(draft.topic(), draft.value());
            draft.headers().forEach((name, text) -> record.headers().add(name, text.getBytes(UTF_8)));
            var unused = producer.send(record);
            producer.flush();
            socket.awaitNotification(codec);
        }
    }

    @Test
    @Order(4)
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothingIsLostWhateverIsStoppedOrKilled() {
        List<Long> users = platform.newUserIds(SOCKETS);
        List<LoadClient> clients = users.stream()
                .map(user -> new LoadClient(
                                Compose.directAddress(),
                                List.of(Compose.directSocketAddress()),
                                () -> tokens.user(user))
                        .start())
                .toList();
        try (Sender sender = new Sender(users)) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(clients.stream()
                                    .filter(client -> client.isConnected() && client.isLoaded())
                                    .count())
                            .isEqualTo(SOCKETS));
            for (String service : compose.services()) {
                for (String fault : List.of("stop", "kill")) {
                    int before = sender.accepted.get();
                    compose.run(fault, service);
                    compose.run("up", "--detach", "--wait", "--no-recreate", service);
                    sender.awaitAccepted(before + 5);
                }
            }
            sender.finish();
            compare(users, sender.sent);
            Map<Long, List<Item>> truth = Database.items(database.additions(users));
            await("each client shows its inbox").atMost(PATIENCE).untilAsserted(() -> {
                for (int i = 0; i < clients.size(); i++) {
                    List<Item> items = truth.getOrDefault(users.get(i), List.of());
                    assertThat(clients.get(i).shows(items, items.size()))
                            .as("user %s: %s", users.get(i), clients.get(i).condition())
                            .isTrue();
                }
            });
        } finally {
            clients.forEach(LoadClient::close);
        }
    }

    @Test
    @Order(5)
    void everyLineOfTheirLogsIsJson() {
        for (String service : List.of("persister", "api", "gateway")) {
            List<String> lines = compose.docker("logs", service).lines().toList();
            assertThat(lines)
                    .as(service)
                    .isNotEmpty()
                    .allSatisfy(line -> assertThat(Json.parse(line.getBytes(UTF_8))
                                    .path("level")
                                    .isString())
                            .isTrue());
        }
    }

    @Test
    @Order(6)
    void apiAndGatewayAreReplacedUnderSends() {
        List<Long> users = platform.newUserIds(RECIPIENTS);
        try (Sender sender = new Sender(users)) {
            sender.awaitAccepted(5);
            for (String service : List.of("api", "gateway", "persister")) {
                String before = compose.docker("inspect", service, "--format", "{{.Id}}");
                compose.roll(service);
                assertThat(compose.docker("inspect", service, "--format", "{{.Id}}"))
                        .isNotEqualTo(before)
                        .hasLineCount(1);
            }
            sender.finish();
            assertThat(sender.refused).hasSizeLessThanOrEqualTo(1);
            compare(users, sender.sent);
        }
    }

    /** Everything that was accepted is in each of its inboxes once, and nothing else is. */
    private void compare(List<Long> users, Iterable<Draft> sent) {
        await("no lag").atMost(PATIENCE).until(() -> events.lag() == 0);
        Map<Long, List<Addition>> stored = database.additions(users);
        for (Draft each : sent) {
            JsonNode data = Json.parse(Objects.requireNonNull(each.value()));
            for (JsonNode user : data.at("/audience/users")) {
                assertThat(stored.getOrDefault(user.asLong(), List.of()).stream()
                                .filter(addition -> addition.item()
                                        .title()
                                        .equals(data.path("title").asString())))
                        .as("%s at user %s", data.path("title"), user)
                        .hasSize(1);
            }
        }
        assertThat(database.inconsistencies(users)).isEmpty();
    }

    /** A service that sends ten times a second, by REST and by Kafka in turns, and repeats what it is not told to be accepted. */
    private final class Sender implements AutoCloseable {

        private final ConcurrentLinkedQueue<Draft> sent = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
        private final AtomicInteger accepted = new AtomicInteger();
        private final ApiClient service = new ApiClient(Compose.directAddress(), tokens.service("trial"));
        private final List<Long> users;
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private int first;

        Sender(List<Long> users) {
            this.users = users;
            var unused = thread.scheduleWithFixedDelay(this::sendTwice, 0, 200, TimeUnit.MILLISECONDS);
        }

        private void sendTwice() {
            Draft byKafka = next();
            Draft byRest = next();
            CompletableFuture<Void> acknowledged = events.publishLater(byKafka);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> isAccepted(byRest));
            acknowledged.join();
            sent.addAll(List.of(byKafka, byRest));
            accepted.incrementAndGet();
        }

        private Draft next() {
            List<Long> some = users.subList(first, first + RECIPIENTS);
            first = (first + RECIPIENTS) % users.size();
            String id = Events.newId();
            return Events.request(id, Events.message(some, id));
        }

        private boolean isAccepted(Draft draft) {
            try {
                Reply reply = service.post(
                        "/api/notifications/",
                        Json.parse(Objects.requireNonNull(draft.value())),
                        "Idempotency-Key",
                        Objects.requireNonNull(draft.headers().get("ce_id")));
                if (reply.status() == 202) {
                    return true;
                }
                refused.add(reply.status() + " " + reply.text());
            } catch (UncheckedIOException e) {
                refused.add(e.toString());
            }
            return false;
        }

        void awaitAccepted(int count) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(accepted.get())
                            .as("accepted; refused: %s", refused)
                            .isGreaterThanOrEqualTo(count));
        }

        /** Returns when what is under way is accepted. */
        void finish() {
            thread.shutdown();
            await("the last send").atMost(PATIENCE).until(thread::isTerminated);
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
