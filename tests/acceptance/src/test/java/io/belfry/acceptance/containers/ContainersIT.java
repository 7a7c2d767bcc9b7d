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
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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

    private static final List<String> SERVICES =
            List.of("api", "gateway", "kafka", "nginx", "persister", "postgres", "redis");
    private static final int SOCKETS = 2_000;
    private static final int RECIPIENTS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Tokens tokens = new Tokens(Compose.SECRET);
    private Compose compose;
    private Events events;
    private Platform platform;
    private Database database;

    /** The images are built first, on a new machine with all that they need fetched. */
    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void start(@TempDir Path folder) throws Exception {
        compose = new Compose(folder);
        compose.run("up", "--build", "--wait", "--wait-timeout", "120");
        events = new Events("127.0.0.1:" + compose.kafkaPort, "");
        platform = new Platform(events, client(compose.published, tokens.admin(1)));
        database = new Database(
                "jdbc:postgresql://127.0.0.1:" + compose.databasePort + "/belfry", "belfry", Compose.DATABASE_PASSWORD);
    }

    @AfterAll
    void stop() throws Exception {
        compose.remove();
    }

    private static ApiClient client(String nginx, String token) {
        return new ApiClient(URI.create("http://" + nginx), token);
    }

    private SocketClient socket(long user) {
        return Dial.to(Compose.socket(compose.published))
                .bearer(tokens.user(user))
                .open();
    }

    @Test
    @Order(1)
    void messageAndPageArriveThroughNginx() {
        Course course = platform.newCourse(2);
        ApiClient student = client(compose.published, tokens.user(course.student(0)));
        assertThat(student.get("/api/me/").body().path("websocket_url").asString())
                .isEqualTo(Compose.socket(compose.published).toString());
        try (SocketClient socket = socket(course.student(0))) {
            client(compose.published, tokens.user(course.instructor()))
                    .post(course.sendPath(), Json.object("title", "Hello", "message", "Room B12"))
                    .expect(202);
            assertThat(socket.awaitNotification("Hello").path("unread").asInt()).isEqualTo(1);
        }
        JsonNode row = student.get("/api/notifications/").expect(200).body().at("/results/0");
        assertThat(row.path("title").asString()).isEqualTo("Hello");
        String deep = "/notifications/" + row.path("id").asLong();
        String page = student.send("GET", deep, null, "Accept", "text/html")
                .expect(200)
                .text();
        String script = page.replaceAll("(?s).*src=\"([^\"]+\\.js)\".*", "$1");
        Reply packed =
                student.send("GET", script, null, "Accept-Encoding", "gzip").expect(200);
        assertThat(packed.header("Content-Encoding")).hasValue("gzip");
        assertThat(packed.response().body()).hasSizeLessThan(250_000);
        assertThat(student.get("/actuator/prometheus").status()).isEqualTo(404);
    }

    @Test
    @Order(2)
    void nothingRunsAsRootOrMayBecomeIt() throws Exception {
        for (String service : SERVICES) {
            assertThat(compose.docker(service, "top").lines().skip(1))
                    .isNotEmpty()
                    .noneMatch(it -> it.startsWith("root "));
            JsonNode host = Json.parse(compose.docker(service, "inspect").getBytes(UTF_8))
                    .at("/0/HostConfig");
            assertThat(host.at("/CapDrop/0").asString()).as(service).isEqualTo("ALL");
            assertThat(host.at("/SecurityOpt/0").asString()).as(service).isEqualTo("no-new-privileges:true");
            assertThat(host.path("Memory").asLong()).as(service).isPositive();
            // Kafka writes its settings from the variables that it is given.
            assertThat(host.path("ReadonlyRootfs").asBoolean()).as(service).isEqualTo(!service.equals("kafka"));
        }
    }

    /** Native libraries, the gateway's too, are unpacked into a folder that must allow it. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "lz4", "snappy", "zstd"})
    @Order(3)
    void recordsOfEachCodecArrive(String codec) throws Exception {
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
        String ask = "exec 3<>/dev/tcp/127.0.0.1/8091 && printf 'GET /metrics HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3";
        assertThat(compose.run("exec", "-T", "gateway", "bash", "-c", ask)).contains("belfry_gateway_epoll 1");
    }

    @Test
    @Order(4)
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void nothingIsLostWhateverIsStoppedOrKilled() throws Exception {
        List<Long> users = platform.newUserIds(SOCKETS);
        URI nginx = URI.create("http://" + Compose.NGINX);
        List<LoadClient> clients = users.stream()
                .map(user ->
                        new LoadClient(nginx, List.of(Compose.socket(Compose.NGINX)), () -> tokens.user(user)).start())
                .toList();
        try (Sender sender = new Sender(users)) {
            await().atMost(PATIENCE)
                    .until(() -> clients.stream().allMatch(client -> client.isConnected() && client.isLoaded()));
            for (String service : SERVICES) {
                for (String fault : List.of("stop", "kill")) {
                    int before = sender.accepted.size();
                    compose.run(fault, service);
                    assertThat(compose.docker(service, "inspect", "--format", "{{.State.ExitCode}}")
                                    .strip())
                            .as("%s of %s", fault, service)
                            .matches(fault.equals("kill") ? "137" : "0|143");
                    compose.run("up", "--detach", "--wait", "--no-recreate", service);
                    sender.awaitAccepted(before + 10);
                }
            }
            sender.compare(users);
            Map<Long, List<Item>> truth = Database.items(database.additions(users));
            await("each client shows its inbox")
                    .atMost(PATIENCE)
                    .until(() -> clients.stream().allMatch(client -> {
                        List<Item> items = truth.getOrDefault(users.get(clients.indexOf(client)), List.of());
                        return client.shows(items, items.size());
                    }));
        } finally {
            clients.forEach(LoadClient::close);
        }
    }

    @Test
    @Order(5)
    void everyLineOfTheirLogsIsJson() throws Exception {
        for (String service : List.of("persister", "api", "gateway")) {
            assertThat(compose.docker(service, "logs").lines())
                    .isNotEmpty()
                    .allMatch(line ->
                            Json.parse(line.getBytes(UTF_8)).path("level").isString());
        }
    }

    @Test
    @Order(6)
    void servicesAreReplacedUnderSends() throws Exception {
        List<Long> users = platform.newUserIds(RECIPIENTS);
        try (Sender sender = new Sender(users)) {
            sender.awaitAccepted(10);
            for (String service : List.of("api", "gateway", "persister")) {
                String before = compose.run("ps", "--quiet", service);
                compose.roll(service);
                assertThat(compose.run("ps", "--quiet", service))
                        .isNotEqualTo(before)
                        .hasLineCount(1);
            }
            sender.compare(users);
            assertThat(sender.refused).hasSizeLessThanOrEqualTo(1);
        }
    }

    /** A service that sends ten times a second, by REST and by Kafka in turns, and repeats what it is not told to be accepted. */
    private final class Sender implements AutoCloseable {

        private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
        private final Queue<String> refused = new ConcurrentLinkedQueue<>();
        private final ApiClient service = client(Compose.NGINX, tokens.service("trial"));
        private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        private int first;

        Sender(List<Long> users) {
            var unused = thread.scheduleWithFixedDelay(() -> sendTwice(users), 0, 200, TimeUnit.MILLISECONDS);
        }

        private void sendTwice(List<Long> users) {
            List<Long> some = users.subList(first, first + RECIPIENTS);
            first = (first + RECIPIENTS) % users.size();
            String byKafka = Events.newId();
            String byRest = Events.newId();
            CompletableFuture<Void> acknowledged =
                    events.publishLater(Events.request(byKafka, Events.message(some, byKafka)));
            JsonNode body = Events.message(some, byRest);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100)).until(() -> isAccepted(byRest, body));
            acknowledged.join();
            accepted.addAll(List.of(byKafka, byRest));
        }

        private boolean isAccepted(String key, JsonNode body) {
            try {
                Reply reply = service.post("/api/notifications/", body, "Idempotency-Key", key);
                return reply.status() == 202 || !refused.add(reply.status() + " " + reply.text());
            } catch (UncheckedIOException e) {
                return !refused.add(e.toString());
            }
        }

        void awaitAccepted(int count) {
            await().atMost(PATIENCE).until(() -> accepted.size() >= count);
        }

        /** Ends. What was accepted is in the inbox of each recipient once, and nothing else is. */
        void compare(List<Long> users) {
            thread.shutdown();
            await("the last send").atMost(PATIENCE).until(thread::isTerminated);
            await("no lag").atMost(PATIENCE).until(() -> events.lag() == 0);
            Collection<List<Addition>> inboxes = database.additions(users).values();
            assertThat(inboxes)
                    .allSatisfy(inbox -> assertThat(inbox)
                            .extracting(addition -> addition.item().title())
                            .doesNotHaveDuplicates());
            Map<String, Long> stored = inboxes.stream()
                    .flatMap(List::stream)
                    .collect(Collectors.groupingBy(addition -> addition.item().title(), Collectors.counting()));
            assertThat(stored)
                    .isEqualTo(accepted.stream().collect(Collectors.toMap(id -> id, id -> (long) RECIPIENTS)));
            assertThat(database.inconsistencies(users)).isEmpty();
        }

        @Override
        public void close() {
            thread.shutdownNow();
        }
    }
}
