package io.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.process.ControlledProcess;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** While a server is gone a metric tells it, though no client calls the node. */
class ServerUpIT {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final List<String> SERVERS = List.of("postgresql", "kafka", "redis");

    private final Api visitor = TestSystem.shared().anonymous();

    private static ControlledProcess process(String server) {
        return switch (server) {
            case "postgresql" -> TestServers.shared().postgres();
            case "kafka" -> TestServers.shared().kafka();
            default -> TestServers.shared().redis();
        };
    }

    /** Ready it is from the moment that a caller asked while the database was there. */
    @BeforeEach
    void isInService() {
        visitor.get("/actuator/health/readiness").is(200);
        awaitUp(SERVERS);
    }

    @AfterEach
    void everythingRunsAgain() {
        for (String server : SERVERS) {
            process(server).start();
        }
        awaitUp(SERVERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql", "kafka", "redis"})
    void tellsOneThatIsFrozenOrKilled(String server) {
        process(server).suspend();
        try {
            awaitDown(server);
        } finally {
            process(server).resume();
        }
        awaitUp(List.of(server));

        process(server).kill();
        awaitDown(server);
    }

    private void awaitUp(List<String> servers) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(servers)
                        .allSatisfy(each -> assertThat(isUp(each)).contains("1.0")));
    }

    /** It alone; and the node stays in service. */
    private void awaitDown(String down) {
        await().atMost(SOON).untilAsserted(() -> {
            for (String each : SERVERS) {
                assertThat(isUp(each)).as(each).contains(each.equals(down) ? "0.0" : "1.0");
            }
        });
        visitor.get("/actuator/health/readiness").is(200);
    }

    private Optional<String> isUp(String server) {
        return Pattern.compile("(?m)^belfry_server_up\\{.*server=\"" + server + "\".*} (.*)$")
                .matcher(visitor.get("/actuator/prometheus").text())
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }
}
