package io.belfry.gateway.transport;

import io.belfry.gateway.protocol.SharedFrame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Text frames as bytes (RFC 6455, section 5.2), for writing below Netty's encoder, which would copy each of them. */
final class FrameWriter {

    private static final int FINAL_TEXT = 0x81;
    private static final int MAX_HEADER = 10;
    private static final int MAX_DIGITS = 20;

    private FrameWriter() {}

    /** A whole frame. */
    static ByteBuf text(byte[] payload, ByteBufAllocator allocator) {
        ByteBuf frame = allocator.directBuffer(MAX_HEADER + payload.length);
        header(frame, payload.length);
        return frame.writeBytes(payload);
    }

    /** Appends a recipient's form of the frame. */
    static void write(SharedFrame shared, long seq, long unread, ByteBuf out) {
        String seqDigits = Long.toString(seq);
        String unreadDigits = Long.toString(unread);
        byte[] start = shared.start();
        byte[] rest = shared.rest();
        header(
                out,
                start.length + seqDigits.length() + SharedFrame.MIDDLE.length + unreadDigits.length() + rest.length);
        out.writeBytes(start);
        ByteBufUtil.writeAscii(out, seqDigits);
        out.writeBytes(SharedFrame.MIDDLE);
        ByteBufUtil.writeAscii(out, unreadDigits);
        out.writeBytes(rest);
    }

    /** An upper bound of the bytes that a recipient's frame has. */
    static int maxLength(SharedFrame shared) {
        return MAX_HEADER + shared.start().length + SharedFrame.MIDDLE.length + 2 * MAX_DIGITS + shared.rest().length;
    }

    private static void header(ByteBuf out, int payloadLength) {
        out.writeByte(FINAL_TEXT);
        if (payloadLength < 126) {
            out.writeByte(payloadLength);
        } else if (payloadLength <= 0xFFFF) {
            out.writeByte(126).writeShort(payloadLength);
        } else {
            out.writeByte(127).writeLong(payloadLength);
        }
    }
}
