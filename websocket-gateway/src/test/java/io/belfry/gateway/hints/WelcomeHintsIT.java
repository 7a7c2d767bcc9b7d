package io.belfry.gateway.hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.RedisKeys;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a user who comes back is told about the inbox. */
class WelcomeHintsIT {

    @AutoClose
    private static final Backbone backbone = Backbone.create();

    @AutoClose
    private static final TestGateway first = TestGateway.start(backbone);

    @AutoClose
    private static final TestGateway second = TestGateway.start(backbone);

    private final long user = ThreadLocalRandom.current().nextLong(1, 1L << 52);

    @BeforeAll
    static void awaitRedis() {
        // Numbers that they hear of before they use it are dropped.
        for (TestGateway gateway : List.of(first, second)) {
            await().until(() -> {
                backbone.store(1, new Recipient(1, System.nanoTime(), 0));
                return gateway.metric("belfry_gateway_inbox_numbers_total{result=\"written\"}") > 0;
            });
        }
    }

    private JsonNode welcome(TestGateway gateway) {
        return gateway.welcome(user);
    }

    private void assertNoHint(TestGateway gateway) {
        assertThat(welcome(gateway).propertyNames()).doesNotContain("seq", "unread", "epoch");
    }

    private @Nullable String written() {
        return backbone.redis().get(RedisKeys.inboxHint(user));
    }

    @Test
    void areAsHighAsTheLastFrameOnEveryGatewayForAQuarterOfAnHour() {
        assertNoHint(first);
        try (TestSocket socket = first.connect(user)) {
            backbone.store(9001, new Recipient(user, 18, 3));
            assertThat(socket.frame("notification").get("seq").longValue()).isEqualTo(18);
        }
        await().until(() -> (Backbone.EPOCH + ":18:3").equals(written()));
        assertThat(backbone.redis().ttl(RedisKeys.inboxHint(user))).isBetween(800L, 900L);

        for (TestGateway gateway : List.of(first, second)) {
            assertThat(welcome(gateway).toString())
                    .endsWith("\"seq\":18,\"unread\":3,\"epoch\":\"" + Backbone.EPOCH + "\"}");
        }
    }

    @Test
    void followWhatTheUserDoesAlthoughNoClientIsConnected() {
        backbone.store(9001, new Recipient(user, 18, 3));
        backbone.change(InboxChanged.ofIds(Backbone.EPOCH, user, 19, 2, Change.READ, List.of(9001L)));

        await().untilAsserted(() -> assertThat(welcome(second).toString()).contains("\"seq\":19,\"unread\":2,"));
    }

    @Test
    void areNotLowerAfterAnOlderEventIsReadAgain() {
        backbone.store(9002, new Recipient(user, 19, 4));
        await().until(() -> (Backbone.EPOCH + ":19:4").equals(written()));

        double before = numbersOfBoth();
        backbone.store(9001, new Recipient(user, 18, 3));
        await().until(() -> numbersOfBoth() >= before + 2);

        assertThat(written()).isEqualTo(Backbone.EPOCH + ":19:4");
        assertThat(welcome(first).get("seq").longValue()).isEqualTo(19);
        assertThat(welcome(second).get("seq").longValue()).isEqualTo(19);
    }

    /** As after a backup was put back: Redis outlives the history that it knows numbers of. */
    @Test
    void areOfNoHistoryThatIsOver() {
        backbone.store(0, "0ld", Backbone.content(9001, "Of before"), new Recipient(user, 18, 3));
        await().until(() -> "0ld:18:3".equals(written()));
        await().untilAsserted(() -> assertThat(welcome(first).toString()).contains("\"epoch\":\"0ld\""));

        try (TestSocket other = first.connect(user + 1)) {
            backbone.store(9002, new Recipient(user + 1, 1, 1));
            other.frame("notification");
        }
        await().untilAsserted(() -> assertNoHint(first));
        assertThat(written()).isEqualTo("0ld:18:3");

        backbone.store(9003, new Recipient(user, 2, 1));
        await().untilAsserted(() -> assertThat(welcome(first).toString()).contains("\"seq\":2,\"unread\":1,"));
    }

    @Test
    void areLeftOutUntilTheGatewayKnowsTheHistory() {
        backbone.store(9001, new Recipient(user, 18, 3));
        await().until(() -> written() != null);
        try (TestGateway started = TestGateway.start(backbone)) {
            try (TestSocket other = started.connect(user + 1)) {
                assertNoHint(started);
                backbone.store(9002, new Recipient(user + 1, 1, 1));
                other.frame("notification");
            }
            await().untilAsserted(() -> assertThat(welcome(started).toString()).contains("\"seq\":18,"));
        }
    }

    @Test
    void areLeftOutWhenTheyCannotBeReadAndWrittenAnew() {
        backbone.redis().set(RedisKeys.inboxHint(user), Backbone.EPOCH + ":18");
        assertNoHint(first);

        backbone.store(9001, new Recipient(user, 18, 3));
        await().untilAsserted(() -> assertThat(welcome(first).toString()).contains("\"seq\":18,"));
    }

    /** Written, or found to be known already. */
    private static double numbersOfBoth() {
        String name = "belfry_gateway_inbox_numbers_total{result=\"written\"}";
        return first.metric(name) + second.metric(name);
    }
}
