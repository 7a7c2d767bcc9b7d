package io.belfry.gateway.transport;

import io.belfry.gateway.protocol.SharedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * The frames that leave for one socket next, one after the other in one buffer. The sockets of an event loop use it in turn, on
 * that loop.
 *
 * <p>They are copied rather than referred to: a copy of some hundred bytes costs less than a second buffer of a gathering
 * write, and many frames go in one call of the kernel. docs/decisions/gateway.md has the figures.
 */
final class OutgoingFrames {

    private @Nullable ByteBuf bytes;

    void add(SharedFrame frame, long seq, long unread, ByteBufAllocator allocator) {
        if (bytes == null) {
            bytes = allocator.directBuffer(FrameWriter.maxLength(frame));
        }
        FrameWriter.write(frame, seq, unread, bytes);
    }

    int size() {
        return bytes == null ? 0 : bytes.readableBytes();
    }

    /** All of them, the caller's to release; null = there are none. */
    @Nullable
    ByteBuf take() {
        ByteBuf taken = bytes;
        bytes = null;
        return taken;
    }
}
