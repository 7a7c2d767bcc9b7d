package io.belfry.gateway.transport;

import io.belfry.gateway.protocol.SharedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The direct buffer of the shared part of the frame that a loop is delivering. One a loop rather than one for all: the
 * copy is made once an event, and the loops do not contend for one reference count at every recipient.
 */
final class SharedPart {

    private @Nullable SharedFrame frame;
    private ByteBuf buffer = Unpooled.EMPTY_BUFFER;

    /** The bytes of {@link SharedFrame#rest()}; the caller's to release. */
    ByteBuf of(SharedFrame wanted, ByteBufAllocator allocator) {
        if (frame != wanted) {
            release();
            byte[] rest = wanted.rest();
            buffer = allocator.directBuffer(rest.length, rest.length).writeBytes(rest);
            frame = wanted;
        }
        return buffer.retainedDuplicate();
    }

    /** Forgets the buffer; what was handed out lives on. */
    void release() {
        buffer.release();
        buffer = Unpooled.EMPTY_BUFFER;
        frame = null;
    }
}
