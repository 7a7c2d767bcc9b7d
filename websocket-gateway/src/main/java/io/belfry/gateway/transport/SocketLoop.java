package io.belfry.gateway.transport;

import io.belfry.gateway.connection.ConnectionShard;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.SharedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of one event loop share: their shard, one timer for all their deadlines, and the buffer of the frames
 * that are being delivered. Everything but construction happens on the loop.
 */
final class SocketLoop {

    private final ConnectionShard shard;
    private final Deadlines deadlines = new Deadlines();

    /**
     * Frames for one socket, one after the other. They are copied rather than referred to: a copy of some hundred bytes costs
     * less than a second buffer of a gathering write, and many frames go in one call of the kernel.
     */
    private @Nullable ByteBuf outgoing;

    SocketLoop(EventLoop loop, GatewayMetrics metrics, Duration sweepEvery) {
        this.shard = new ConnectionShard(loop, metrics);
        var unused = loop.scheduleWithFixedDelay(
                () -> deadlines.run(nowMillis()), sweepEvery.toMillis(), sweepEvery.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Milliseconds of a clock that is never set. */
    static long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    ConnectionShard shard() {
        return shard;
    }

    Deadlines deadlines() {
        return deadlines;
    }

    /** Puts a recipient's form of a frame behind those that leave for the same socket. */
    void add(SharedFrame frame, long seq, long unread, ByteBufAllocator allocator) {
        if (outgoing == null) {
            outgoing = allocator.directBuffer(FrameWriter.maxLength(frame));
        }
        FrameWriter.write(frame, seq, unread, outgoing);
    }

    /** Bytes of the frames that leave next. */
    int outgoingBytes() {
        return outgoing == null ? 0 : outgoing.readableBytes();
    }

    /** The frames that leave next, the caller's to release; null = there are none. */
    @Nullable
    ByteBuf takeOutgoing() {
        ByteBuf taken = outgoing;
        outgoing = null;
        return taken;
    }
}
