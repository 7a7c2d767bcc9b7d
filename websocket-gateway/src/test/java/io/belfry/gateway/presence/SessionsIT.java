package io.belfry.gateway.presence;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One user's sessions over two gateways. */
class SessionsIT {

    private static final Map<String, String> LIMIT = Map.of("BELFRY_GATEWAY_MAX_SESSIONS_PER_USER", "4");

    @AutoClose
    private static final Backbone backbone = Backbone.create();

    @AutoClose
    private static final TestGateway first = TestGateway.start(backbone, LIMIT);

    @AutoClose
    private static final TestGateway second = TestGateway.start(backbone, LIMIT);

    private final long user = ThreadLocalRandom.current().nextLong(1, 1L << 52);

    @BeforeAll
    static void awaitRedis() {
        // Ready does not wait for Redis, which no client needs for being served.
        await().atMost(Duration.ofSeconds(10)).until(() -> backbone.redis().zcard(RedisKeys.GATEWAYS) >= 2);
    }

    @Test
    void closesTheOldestOfTooManyWhereverItIs() {
        List<TestSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < 6; i++) {
                sockets.add((i % 2 == 0 ? first : second).connect(user));
            }
            assertThat(sockets.get(0).closed()).isEqualTo(4509);
            assertThat(sockets.get(1).closed()).isEqualTo(4509);
            await().until(() -> backbone.redis().zcard(RedisKeys.userSessions(user)) == 4);
            sockets.subList(2, 6).forEach(TestSocket::ping);
        } finally {
            sockets.forEach(TestSocket::close);
        }
    }

    private String issued(Instant at) {
        return TOKENS.of(user).claim("iat", at.getEpochSecond()).write();
    }

    @Test
    void closesEverySocketOfAUserWhoSignsOutAndRefusesTheOldTokens() {
        Instant earlier = Instant.now().minusSeconds(10).truncatedTo(ChronoUnit.SECONDS);
        String old = issued(earlier);
        String withoutIat = TOKENS.of(user).without("iat").write();
        try (TestSocket here = first.connect(old);
                TestSocket there = second.connect(old);
                TestSocket unknownAge = second.connect(withoutIat);
                TestSocket renewed = first.connect(old);
                TestSocket neighbour = first.connect(user + 1)) {
            renewed.authenticate(issued(earlier.plusSeconds(8)));
            renewed.frame("authenticated");

            RedisSessionStoreIT.signOut(backbone.redis(), user, earlier.plusSeconds(5));

            assertThat(here.closed(Duration.ofSeconds(5))).isEqualTo(4510);
            assertThat(there.closed(Duration.ofSeconds(5))).isEqualTo(4510);
            assertThat(unknownAge.closed(Duration.ofSeconds(5))).isEqualTo(4510);
            neighbour.ping();
            renewed.ping();

            assertThat(first.dial().bearer(old).refusedWith()).isEqualTo(401);
            renewed.authenticate(old);
            assertThat(renewed.closed()).isEqualTo(4510);
        }
        try (TestSocket again = new TestSocket(second.dial().subprotocolToken(old))) {
            assertThat(again.closed()).isEqualTo(4510);
        }
        first.connect(user).close();
    }
}
