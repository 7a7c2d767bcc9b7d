package io.belfry.gateway.hints;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AutoClose;
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

    private JsonNode welcome(TestGateway gateway) {
        return gateway.welcome(user);
    }

    private void assertNoHint(TestGateway gateway) {
        assertThat(welcome(gateway).propertyNames()).doesNotContain("seq", "unread", "epoch");
    }

    private void awaitHint(TestGateway gateway, String hint) {
        await().untilAsserted(() -> assertThat(welcome(gateway).toString()).endsWith(hint + "}"));
    }

    private static String hint(long seq, long unread) {
        return "\"seq\":" + seq + ",\"unread\":" + unread + ",\"epoch\":\"" + Backbone.EPOCH + "\"";
    }

    @Test
    void areAsHighAsTheLastFrameOnEveryGateway() {
        assertNoHint(first);
        backbone.store(9001, new Recipient(user, 18, 3));
        for (TestGateway gateway : List.of(first, second)) {
            awaitHint(gateway, hint(18, 3));
        }
    }

    @Test
    void followWhatTheUserDoesAlthoughNoClientIsConnected() {
        backbone.store(9001, new Recipient(user, 18, 3));
        backbone.change(InboxChanged.ofIds(Backbone.EPOCH, user, 19, 2, Change.READ, List.of(9001L)));

        awaitHint(second, hint(19, 2));
    }

    @Test
    void areNotLowerAfterAnOlderEventIsReadAgain() {
        backbone.store(9002, new Recipient(user, 19, 4));
        backbone.store(9001, new Recipient(user, 18, 3), new Recipient(user + 1, 1, 1));
        await().until(() -> first.welcome(user + 1).has("seq"));

        awaitHint(first, hint(19, 4));
    }

    /** As after a backup was put back. */
    @Test
    void areOfNoHistoryThatIsOver() {
        backbone.store(0, "0ld", Backbone.content(9001, "Of before"), new Recipient(user, 18, 3));
        await().untilAsserted(() -> assertThat(welcome(first).toString()).contains("\"epoch\":\"0ld\""));

        backbone.store(9002, new Recipient(user + 1, 1, 1));
        await().until(() -> first.welcome(user + 1).has("seq"));
        assertNoHint(first);

        backbone.store(9003, new Recipient(user, 2, 1));
        awaitHint(first, hint(2, 1));
    }

    @Test
    void areLeftOutByAGatewayThatStartedAfterTheChange() {
        backbone.store(9001, new Recipient(user, 18, 3));
        awaitHint(first, hint(18, 3));
        try (TestGateway started = TestGateway.start(backbone)) {
            assertNoHint(started);
        }
    }

    @Test
    void areForgottenWithTheUser() {
        backbone.store(9001, new Recipient(user, 18, 3));
        awaitHint(first, hint(18, 3));
        backbone.erase(user);
        await().untilAsserted(() -> assertNoHint(first));
    }
}
