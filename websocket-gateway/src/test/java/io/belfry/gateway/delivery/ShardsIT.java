package io.belfry.gateway.delivery;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.names.UserShard;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.Heard;
import io.belfry.gateway.support.LoggedErrors;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Two gateways, each of a half of the users. */
class ShardsIT {

    private static final String UNDECODABLE = "belfry_gateway_undecodable_events_total";

    @AutoClose
    private static final Backbone backbone = Backbone.create(4);

    @AutoClose
    private static final TestGateway first = TestGateway.start(backbone, shard("0/2"));

    @AutoClose
    private static final TestGateway second = TestGateway.start(backbone, shard("1/2"));

    private static Map<String, String> shard(String shard) {
        return Map.of("BELFRY_GATEWAY_SHARD", shard);
    }

    /** So many users of a shard of two, beginning somewhere. */
    private static List<Long> users(long from, int shard, int count) {
        return LongStream.iterate(from, user -> user + 1)
                .filter(user -> UserShard.of(user, 2) == shard)
                .limit(count)
                .boxed()
                .toList();
    }

    @Test
    void servesTheUsersOfItsShardFromAllTheirPartitions() {
        // Each partition has some of so many.
        for (int shard = 0; shard < 2; shard++) {
            for (long user : users(1_000, shard, 12)) {
                try (TestSocket socket = (shard == 0 ? first : second).connect(user)) {
                    backbone.store(9001, new Recipient(user, 18, 3));
                    backbone.change(InboxChanged.ofIds(Backbone.EPOCH, user, 19, 2, Change.READ, List.of(9001L)));

                    assertThat(List.of(socket.frame(), socket.frame()))
                            .extracting(frame -> frame.get("seq").longValue())
                            .containsExactlyInAnyOrder(18L, 19L);
                }
            }
        }
    }

    @Test
    void readsNoPartitionOfAnother() {
        double before = first.metric(UNDECODABLE);
        double beforeThere = second.metric(UNDECODABLE);
        for (String topic :
                List.of(backbone.topics().stored(), backbone.topics().changed())) {
            for (int partition : List.of(0, 2)) {
                backbone.send(new ProducerRecord<>(topic, partition, null, new byte[] {1}));
            }
        }
        await().until(() -> first.metric(UNDECODABLE) == before + 4);

        long user = users(2_000, 1, 1).get(0);
        try (TestSocket there = second.connect(user)) {
            backbone.store(9001, new Recipient(user, 18, 3));
            there.frame("notification");
        }
        assertThat(second.metric(UNDECODABLE)).isEqualTo(beforeThere);
    }

    @Test
    void sendsAUserOfAnotherAway() {
        String token = TOKENS.user(users(3_000, 0, 1).get(0));
        double before = second.metric("belfry_gateway_closes_total{code=\"4421\"}");

        assertThat(second.dial().bearer(token).refusedWith()).isEqualTo(421);
        try (TestSocket offered = new TestSocket(second.dial().subprotocolToken(token));
                TestSocket asked = new TestSocket(second.dial().subprotocols("belfry.v1"))) {
            asked.authenticate(token);
            assertThat(List.of(offered.closed(), asked.closed())).containsOnly(4421);
        }
        await().until(() -> second.metric("belfry_gateway_closes_total{code=\"4421\"}") == before + 2);
        first.connect(token).close();
    }

    @Test
    void forgetsAnErasedUserWhereverThatIsTold() {
        List<Long> erased =
                List.of(users(4_000, 0, 1).get(0), users(4_000, 1, 1).get(0));
        for (int shard = 0; shard < 2; shard++) {
            long user = erased.get(shard);
            TestGateway gateway = shard == 0 ? first : second;
            backbone.store(9001, new Recipient(user, 18, 3));
            await().until(() -> gateway.welcome(user).has("seq"));
            try (TestSocket socket = gateway.connect(user)) {
                backbone.erase(user); // always in the same partition
                assertThat(socket.closed()).isEqualTo(4510);
            }
            await().untilAsserted(() -> {
                JsonNode welcome = gateway.welcome(user);
                assertThat(welcome.has("seq")).isFalse();
            });
        }
    }

    @Test
    void isNotReadyWhileAPartitionHoldsUsersOfTwoShards() {
        try (LoggedErrors logged = new LoggedErrors(Position.class);
                Backbone own = Backbone.create(3);
                TestGateway gateway = TestGateway.startUnready(own, shard("0/2"))) {
            await().until(logged::areLogged);
            assertThat(gateway.status("/readyz")).isEqualTo(503);
            assertThat(gateway.dial().bearer(TOKENS.user(7)).refusedWith()).isEqualTo(503);
            assertThat(logged.messages())
                    .containsExactly("not ready: " + own.topics().stored()
                            + " has 3 partitions, which is no multiple of 2, the number of shards");

            own.addPartitions(own.topics().stored(), 4);
            own.addPartitions(own.topics().changed(), 4);
            await().atMost(Duration.ofSeconds(20)).until(() -> gateway.status("/readyz") == 200);
        }
    }

    @Test
    void noticesPartitionsThatAppear() {
        Heard heard = new Heard();
        try (LoggedErrors logged = new LoggedErrors(Position.class);
                Backbone own = Backbone.create(2);
                EventDelivery delivery = heard.delivery(own, new UserShard(1, 2))) {
            delivery.start();
            await().until(delivery::isPositioned);
            assertThat(delivery.isShardable()).isTrue();

            own.addPartitions(own.topics().changed(), 3);
            await().atMost(Duration.ofSeconds(20)).until(() -> !delivery.isShardable());
            assertThat(logged.messages()).hasSize(1).first().asString().contains("has 3 partitions");
            own.store(1, "still read", Backbone.content(9001, "Slides are up."), new Recipient(7, 1, 1));
            await().until(() -> heard.epochs().contains("still read"));

            own.addPartitions(own.topics().changed(), 4);
            await().atMost(Duration.ofSeconds(20)).until(delivery::isShardable);
            own.addPartitions(own.topics().stored(), 4);
            await().ignoreExceptions().until(() -> {
                own.store(2, "another's", Backbone.content(9002, "Slides are up."), new Recipient(7, 2, 2));
                own.store(3, "new", Backbone.content(9003, "Slides are up."), new Recipient(7, 3, 3));
                return true;
            });
            await().atMost(Duration.ofSeconds(20)).until(() -> heard.epochs().contains("new"));
            own.store(3, "last", Backbone.content(9004, "Slides are up."), new Recipient(7, 4, 4));
            await().until(() -> heard.epochs().contains("last"));
            assertThat(heard.epochs()).doesNotContain("another's");
        }
    }
}
