package io.belfry.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.api.support.Api;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.servers.TestServers;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** While a server is gone a metric tells it, though no client calls the node. */
class ServerUpIT {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final Api visitor = TestSystem.shared().anonymous();

    enum Server {
        POSTGRESQL(Infrastructure::postgres),
        KAFKA(Infrastructure::kafka),
        REDIS(Infrastructure::redis);

        private final Function<Infrastructure, ControlledProcess> process;

        Server(Function<Infrastructure, ControlledProcess> process) {
            this.process = process;
        }

        ControlledProcess process() {
            return process.apply(TestServers.shared());
        }
    }

    /** Ready it is from the moment that a caller asked while the database was there. */
    @BeforeEach
    void isInService() {
        visitor.get("/actuator/health/readiness").is(200);
        awaitUp(List.of(Server.values()));
    }

    @AfterEach
    void everythingRunsAgain() {
        for (Server server : Server.values()) {
            server.process().start();
        }
        awaitUp(List.of(Server.values()));
    }

    @ParameterizedTest
    @EnumSource
    void tellsOneThatIsFrozenOrKilled(Server server) {
        server.process().suspend();
        try {
            awaitDown(server);
        } finally {
            server.process().resume();
        }
        awaitUp(List.of(server));

        server.process().kill();
        awaitDown(server);
    }

    private void awaitUp(List<Server> servers) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(servers)
                        .allSatisfy(each -> assertThat(isUp(each)).contains("1.0")));
    }

    /** It alone; and the node stays in service. */
    private void awaitDown(Server down) {
        await().atMost(SOON).untilAsserted(() -> {
            for (Server each : Server.values()) {
                assertThat(isUp(each)).as(each.name()).contains(each == down ? "0.0" : "1.0");
            }
        });
        visitor.get("/actuator/health/readiness").is(200);
    }

    private Optional<String> isUp(Server server) {
        return Pattern.compile(
                        "(?m)^belfry_server_up\\{.*server=\"" + server.name().toLowerCase(Locale.ROOT) + "\".*} (.*)$")
                .matcher(visitor.get("/actuator/prometheus").text())
                .results()
                .map(found -> found.group(1))
                .findFirst();
    }
}
