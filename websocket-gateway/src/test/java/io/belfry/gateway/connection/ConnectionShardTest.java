package io.belfry.gateway.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.connection.ConnectionShard.OutgoingEvent;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.protocol.SharedFrame;
import io.belfry.gateway.support.DirectLoop;
import io.belfry.gateway.support.FakeOutlet;
import io.belfry.runtime.tracing.Tracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ConnectionShardTest {

    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ConnectionShard shard =
            new ConnectionShard(new DirectLoop(), new GatewayMetrics(meters, Clock.systemUTC()));
    private final FakeOutlet ana = new FakeOutlet();
    private final FakeOutlet anaToo = new FakeOutlet();
    private final FakeOutlet bruno = new FakeOutlet();
    private final Connection anaFirst = add(7, 1, NOON, ana);
    private final Connection anaSecond = add(7, 2, null, anaToo);

    ConnectionShardTest() {
        add(8, 3, NOON, bruno);
    }

    private Connection add(long user, long session, @Nullable Instant issuedAt, FakeOutlet outlet) {
        Connection connection = new Connection(user, session, issuedAt, outlet);
        shard.add(connection);
        return connection;
    }

    private static OutgoingEvent to(Recipient... recipients) {
        SharedFrame frame = SharedFrame.of(InboxChanged.ofIds("e", 1, 1, 1, Change.READ, List.of(1L)));
        return new OutgoingEvent(
                frame,
                "e",
                Arrays.asList(recipients),
                Instant.now(),
                Tracing.off().process("t", null));
    }

    @Test
    void writesEachItsOwnNumbersAndFlushesOnce() {
        shard.deliver(List.of(
                to(new Recipient(7, 1, 10), new Recipient(8, 5, 50), new Recipient(9, 1, 1)),
                to(new Recipient(7, 2, 11))));

        ana.assertReceived("1/10", "2/11");
        anaToo.assertReceived("1/10", "2/11");
        bruno.assertReceived("5/50");
        ana.assertFlushes(1);
        bruno.assertFlushes(1);
        assertThat(meters.counter("belfry.gateway.frames.sent").count()).isEqualTo(5);
        assertThat(meters.timer("belfry.end.to.end").count()).isEqualTo(2);

        shard.deliver(List.of(to(new Recipient(7, 3, 12))));
        ana.assertFlushes(2);
        bruno.assertFlushes(1);
    }

    @Test
    void removesOnlyTheConnectionItIsGiven() {
        shard.remove(anaFirst);
        shard.remove(anaFirst);
        shard.remove(new Connection(7, 2, null, anaToo));

        assertThat(shard.size()).isEqualTo(2);
        shard.deliver(List.of(to(new Recipient(7, 1, 1))));
        ana.assertReceived();
        anaToo.assertReceived("1/1");

        shard.remove(anaSecond);
        assertThat(shard.all()).extracting(Connection::user).containsExactly(8L);
    }

    @Test
    void endsWhatWasIssuedBeforeASignOut() {
        shard.close(7, connection -> connection.issuedBefore(NOON), CloseCode.SIGNED_OUT);
        ana.assertOpen();
        anaToo.assertClosed(CloseCode.SIGNED_OUT);

        anaFirst.renew(NOON.plusSeconds(5));
        shard.close(7, connection -> connection.issuedBefore(NOON.plusSeconds(3)), CloseCode.SIGNED_OUT);
        ana.assertOpen();
        bruno.assertOpen();
    }

    @Test
    void survivesConnectionsThatEndWhileTheyAreWrittenTo() {
        FakeOutlet fragile = new FakeOutlet();
        Connection ends = add(9, 4, NOON, fragile);
        fragile.endsWith(() -> shard.remove(ends));
        add(9, 5, NOON, new FakeOutlet());

        shard.close(9, connection -> true, CloseCode.TOO_SLOW);

        fragile.assertClosed(CloseCode.TOO_SLOW);
        assertThat(shard.size()).isEqualTo(4);
    }
}
