package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.localstack.KafkaServer;
import io.belfry.localstack.PostgresServer;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A persister that has nothing to do tells of a server that is gone, and of its return, and stays ready. */
class ServersUpIT extends PersisterTest {

    private static final Duration TOLD = Duration.ofSeconds(10);

    private final PostgresServer postgres = installation.servers().postgres();
    private final KafkaServer kafka = installation.servers().kafka();
    private ConfigurableApplicationContext persister;
    private long user;

    @BeforeAll
    void start() {
        persister = PersisterMain.start(installation.settings());
        awaitReady(persister);
    }

    @AfterEach
    void restore() {
        postgres.resume();
        postgres.start();
        kafka.resume();
        kafka.start();
    }

    @AfterAll
    void stop() {
        persister.close();
    }

    @Test
    void tellsOfADatabaseThatWasKilled() {
        tells("postgresql", "kafka", postgres::kill, postgres::start);
    }

    @Test
    void tellsOfADatabaseThatHangs() {
        tells("postgresql", "kafka", postgres::suspend, postgres::resume);
    }

    @Test
    void tellsOfABrokerThatWasKilled() {
        tells("kafka", "postgresql", kafka::kill, kafka::start);
    }

    @Test
    void tellsOfABrokerThatHangs() {
        tells("kafka", "postgresql", kafka::suspend, kafka::resume);
    }

    private void tells(String server, String other, Runnable fault, Runnable end) {
        eventually().until(() -> isUp(server) && isUp(other));
        fault.run();
        double gone = secondsUntil(server, false);
        assertThat(isUp(other)).isTrue();
        assertThat(status(persister, "/actuator/health/readiness")).isEqualTo(200);
        end.run();
        double back = secondsUntil(server, true);
        System.out.printf("%s: gone told after %.1f s, back after %.1f s%n", server, gone, back);

        user++;
        installation.publish(new EventId("/up", server + user), Requests.toUsers("hello", user));
        eventually()
                .until(() -> jdbc.sql("SELECT count(*) FROM inbox_entry WHERE user_id = ?")
                                .param(user)
                                .query(Integer.class)
                                .single()
                        == 1);
    }

    private double secondsUntil(String server, boolean up) {
        long began = System.nanoTime();
        eventually().atMost(TOLD).until(() -> isUp(server) == up);
        return (System.nanoTime() - began) / 1e9;
    }

    private boolean isUp(String server) {
        return figure(persister, "belfry_server_up", "server=\"" + server + "\"") == 1;
    }
}
