package io.belfry.gateway.transport;

import io.belfry.gateway.protocol.SharedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The frames that leave for one socket next, one after the other in a buffer that all sockets of an event loop use in turn.
 * On its event loop only.
 *
 * <p>They are copied rather than referred to: below a kilobyte a copy costs less than a second buffer of a gathering write.
 * They go to the kernel at once rather than through the pipeline, which for a frame that is whole has nothing to do:
 * docs/decisions/gateway.md has the figures.
 */
final class OutgoingFrames {

    /** More leaves in parts. */
    private static final int ROOM = 64 * 1024;

    private final ByteBuf bytes = PooledByteBufAllocator.DEFAULT.directBuffer(ROOM);

    void add(SharedFrame frame, long seq, long unread) {
        FrameWriter.write(frame, seq, unread, bytes);
    }

    int size() {
        return bytes.readableBytes();
    }

    boolean hasRoomFor(int more) {
        return bytes.readableBytes() + more <= ROOM;
    }

    /**
     * Writes them to an open socket; what the socket does not take now waits in the channel.
     *
     * @param below writes from there pass below the frame encoder
     * @param socket where the channel's bytes go as they are; null = that is not known
     * @throws IOException if the connection is lost
     */
    void leave(Channel channel, ChannelHandlerContext below, @Nullable FileDescriptor socket) throws IOException {
        try {
            if (socket != null && bytes.isReadable() && nothingWaits(channel)) {
                int length = bytes.readableBytes();
                int written = socket.write(bytes.internalNioBuffer(bytes.readerIndex(), length), 0, length);
                bytes.skipBytes(Math.max(0, written));
            }
            if (bytes.isReadable()) {
                ByteBuf rest =
                        channel.alloc().directBuffer(bytes.readableBytes()).writeBytes(bytes);
                var unused = below.writeAndFlush(rest, channel.voidPromise());
            }
        } finally {
            clear();
        }
    }

    /** All of the room that there is before the mark is free only if nothing is queued. */
    private static boolean nothingWaits(Channel channel) {
        return channel.bytesBeforeUnwritable() > channel.config().getWriteBufferHighWaterMark();
    }

    void clear() {
        bytes.clear();
    }
}
