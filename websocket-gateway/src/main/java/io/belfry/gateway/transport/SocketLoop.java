package io.belfry.gateway.transport;

import io.belfry.gateway.connection.ConnectionShard;
import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.SharedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the sockets of one event loop share: their shard, one timer for all their deadlines, and the buffer of the frame
 * that is being delivered. Everything but construction happens on the loop.
 */
final class SocketLoop {

    private final ConnectionShard shard;
    private final Deadlines sweep = new Deadlines();
    private @Nullable SharedFrame delivered;
    private ByteBuf sharedPart = Unpooled.EMPTY_BUFFER;

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

    /**
     * The bytes of {@link SharedFrame#rest()} in a direct buffer; the caller's to release. One a loop rather than one for
     * all: the copy is made once an event, and the loops do not contend for one reference count at every recipient.
     */
    ByteBuf sharedPart(SharedFrame frame, ByteBufAllocator allocator) {
        if (delivered != frame) {
            byte[] rest = frame.rest();
            sharedPart.release(); // what was handed out lives on
            sharedPart = allocator.directBuffer(rest.length, rest.length).writeBytes(rest);
            delivered = frame;
        }
        return sharedPart.retainedDuplicate();
    }
}
