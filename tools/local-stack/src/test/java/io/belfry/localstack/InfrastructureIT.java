package io.belfry.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InfrastructureIT {

    private final Infrastructure infrastructure = SharedServers.get();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void postgresKeepsWhatWasCommittedWhenItIsKilledOrStopped(boolean killed) throws Exception {
        PostgresServer postgres = infrastructure.postgres();
        String url = postgres.createDatabase();
        execute(url, "CREATE TABLE kept (id int)", "INSERT INTO kept VALUES (7)");

        if (killed) {
            postgres.kill();
        } else {
            postgres.stop();
        }
        assertThat(postgres.isRunning()).isFalse();
        assertThatThrownBy(() -> execute(url, "SELECT 1")).isInstanceOf(SQLException.class);
        postgres.start();

        assertThat(query(url, "SELECT id FROM kept")).isEqualTo("7");
    }

    @Test
    void suspendedPostgresFreezesOpenConnectionsToo() throws Exception {
        PostgresServer postgres = infrastructure.postgres();
        String impatient = postgres.createDatabase() + "?socketTimeout=1&user=" + postgres.user();
        try (Connection connection = DriverManager.getConnection(impatient);
                Statement statement = connection.createStatement()) {
            postgres.suspend();
            try {
                assertThat(postgres.isRunning()).isTrue();
                assertThatThrownBy(() -> statement.execute("SELECT 1")).isInstanceOf(SQLException.class);
            } finally {
                postgres.resume();
            }
        }
        assertThat(query(postgres.jdbcUrl(), "SELECT 1")).isEqualTo("1");
    }

    @Test
    void everyDatabaseIsNewAndBelongsToAnOrdinaryRole() throws Exception {
        PostgresServer postgres = infrastructure.postgres();
        String url = postgres.createDatabase();

        assertThat(url).isNotEqualTo(postgres.createDatabase());
        assertThat(query(url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"))
                .isEqualTo("f");
        assertThat(query(url, "SHOW server_version")).startsWith("18.");
        assertThat(query(url, "SHOW synchronous_commit")).isEqualTo("on");
    }

    @Test
    void kafkaKeepsRecordsWhenItIsKilled() throws Exception {
        KafkaServer kafka = infrastructure.kafka();
        String topic = "kept-" + System.nanoTime();
        SharedServers.createTopics(kafka.bootstrapServers(), List.of(topic));
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka.bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, new byte[] {7})).get();
        }

        kafka.kill();
        kafka.start();

        assertThat(SharedServers.read(topic))
                .singleElement()
                .satisfies(record -> assertThat(record.value()).containsExactly(7));
    }

    @Test
    void redisKeepsAcceptedWritesWhenItIsStopped() throws Exception {
        RedisServer redis = infrastructure.redis();
        assertThat(ask(redis, "SET kept 7")).isEqualTo("+OK");

        redis.stop();
        assertThat(redis.isRunning()).isFalse();
        redis.start();

        assertThat(ask(redis, "EXISTS kept")).isEqualTo(":1");
    }

    private void execute(String url, String... commands) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "belfry", "");
                Statement statement = connection.createStatement()) {
            for (String command : commands) {
                statement.execute(command);
            }
        }
    }

    private static String query(String url, String query) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "belfry", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }

    private static String ask(RedisServer redis, String command) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), redis.port())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write((command + "\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }
    }
}
