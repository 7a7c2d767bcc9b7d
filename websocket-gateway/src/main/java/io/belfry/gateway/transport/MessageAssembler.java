package io.belfry.gateway.transport;

import io.belfry.json.Utf8;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/**
 * Puts the fragments of a message together. A fragment counts as one byte at least, or empty ones could follow each
 * other for ever; that, and a connection that costs two handlers less, is why it is not Netty's own aggregator.
 *
 * <p>The frame decoder has checked that fragments come in their order.
 */
final class MessageAssembler {

    private final int maxBytes;
    private @Nullable ByteBuf partial;
    private int counted;

    MessageAssembler(int maxBytes) {
        this.maxBytes = maxBytes;
    }

    /** More bytes than a message may have. */
    static final class TooBigException extends Exception {
        TooBigException() {
            super(null, null, false, false);
        }
    }

    /**
     * @param last whether the message is complete with this fragment
     * @return the message, or null if more is to come
     * @throws CharacterCodingException if the message is not UTF-8
     */
    @Nullable
    String add(ByteBuf fragment, boolean last, ByteBufAllocator allocator)
            throws TooBigException, CharacterCodingException {
        counted += Math.max(1, fragment.readableBytes());
        if (counted > maxBytes + 1 || fragment.readableBytes() + collected() > maxBytes) {
            throw new TooBigException();
        }
        if (last && partial == null) {
            counted = 0;
            return decode(fragment);
        }
        if (partial == null) {
            partial = allocator.heapBuffer(fragment.readableBytes(), maxBytes);
        }
        partial.writeBytes(fragment);
        if (!last) {
            return null;
        }
        try {
            return decode(partial);
        } finally {
            release();
        }
    }

    private int collected() {
        return partial == null ? 0 : partial.readableBytes();
    }

    private static String decode(ByteBuf bytes) throws CharacterCodingException {
        return Utf8.decode(ByteBufUtil.getBytes(bytes));
    }

    void release() {
        counted = 0;
        if (partial != null) {
            partial.release();
            partial = null;
        }
    }
}
