package io.belfry.gateway.transport;

import io.belfry.gateway.connection.ConnectionShard;
import io.belfry.gateway.ops.GatewayMetrics;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What the sockets of one event loop share: their shard, one timer for all their deadlines, and the buffer of the frames
 * that are being delivered. Everything but construction happens on the loop.
 */
final class SocketLoop {

    private final ConnectionShard shard;
    private final Deadlines sweep = new Deadlines();
    private final OutgoingFrames outgoing = new OutgoingFrames();

    SocketLoop(EventLoop loop, GatewayMetrics metrics, Duration sweepEvery) {
        this.shard = new ConnectionShard(loop, metrics);
        var unused = loop.scheduleWithFixedDelay(
                () -> sweep.run(nowMillis()), sweepEvery.toMillis(), sweepEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Milliseconds of a clock that is never set. */
    static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    ConnectionShard shard() {
        return shard;
    }

    Deadlines sweep() {
        return sweep;
    }

    /** What leaves for a socket next; empty between two sockets. */
    OutgoingFrames outgoing() {
        return outgoing;
    }
}
