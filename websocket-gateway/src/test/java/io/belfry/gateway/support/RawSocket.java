package io.belfry.gateway.support;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A client that minds no rule: bytes out, bytes in. */
public final class RawSocket implements AutoCloseable {

    public static final int TEXT = 0x1;
    public static final int BINARY = 0x2;
    public static final int CLOSE = 0x8;
    public static final int PING = 0x9;
    public static final int PONG = 0xA;
    public static final int FIN = 0x80;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(int port, int receiveBuffer) throws IOException {
        socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.setSoTimeout((int) Duration.ofSeconds(20).toMillis());
        socket.connect(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        in = new DataInputStream(socket.getInputStream());
    }

    public static RawSocket connect(TestGateway gateway) throws IOException {
        return new RawSocket(gateway.port(), 0);
    }

    /** With the handshake done and the token in its header; the welcome is still to be read. */
    public static RawSocket open(TestGateway gateway, String token) throws IOException {
        return open(gateway, token, 0);
    }

    /** @param receiveBuffer bytes; small = backs up soon */
    public static RawSocket open(TestGateway gateway, String token, int receiveBuffer) throws IOException {
        RawSocket raw = new RawSocket(gateway.port(), receiveBuffer);
        raw.write(handshake("Authorization: Bearer " + token));
        String head = raw.readHead();
        if (!head.startsWith("HTTP/1.1 101 ")) {
            throw new IOException(head);
        }
        return raw;
    }

    /** A right handshake with further header lines. */
    public static String handshake(String... headers) {
        StringBuilder request = new StringBuilder("GET /ws/notifications/ HTTP/1.1\r\nHost: gateway\r\n")
                .append("Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
                .append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
        for (String header : headers) {
            request.append(header).append("\r\n");
        }
        return request.append("\r\n").toString();
    }

    public void write(String text) throws IOException {
        write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    /** A masked frame. @param firstByte FIN, RSV bits and opcode */
    public static byte[] frame(int firstByte, byte[] payload) {
        return frame(firstByte, payload, true);
    }

    public static byte[] frame(int firstByte, byte[] payload, boolean masked) {
        ByteBuffer out = ByteBuffer.allocate(14 + payload.length);
        out.put((byte) firstByte);
        int mask = masked ? 0x80 : 0;
        if (payload.length < 126) {
            out.put((byte) (mask | payload.length));
        } else if (payload.length <= 0xFFFF) {
            out.put((byte) (mask | 126)).putShort((short) payload.length);
        } else {
            out.put((byte) (mask | 127)).putLong(payload.length);
        }
        byte[] key = masked ? new byte[] {1, 2, 3, 4} : new byte[4];
        if (masked) {
            out.put(key);
        }
        for (int i = 0; i < payload.length; i++) {
            out.put((byte) (payload[i] ^ key[i % 4]));
        }
        byte[] frame = new byte[out.position()];
        out.flip().get(frame);
        return frame;
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The head of an HTTP answer. */
    public String readHead() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int ended = 0;
        while (ended < 4) {
            int next = in.read();
            if (next < 0) {
                return head.toString(StandardCharsets.ISO_8859_1);
            }
            head.write(next);
            ended = next == "\r\n\r\n".charAt(ended) ? ended + 1 : (next == '\r' ? 1 : 0);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** A frame from the gateway, which never masks nor fragments. */
    public record Frame(int opcode, byte[] payload) {

        public int closeCode() {
            return ByteBuffer.wrap(payload).getShort();
        }

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }
    }

    public Frame read() throws IOException {
        int first = in.readUnsignedByte();
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Frame(first & 0x0F, payload);
    }

    /** The next frame that is not a ping. */
    public Frame readPastPings() throws IOException {
        Frame frame = read();
        while (frame.opcode() == PING) {
            frame = read();
        }
        return frame;
    }

    /** The code of the close frame, past any other frame; 1006 if the connection ends without one. */
    public int closeCode() throws IOException {
        try {
            Frame frame = read();
            while (frame.opcode() != CLOSE) {
                frame = read();
            }
            return frame.closeCode();
        } catch (EOFException | SocketException e) {
            return 1006;
        }
    }

    /** Reads until the other side ends the connection, and returns how many bytes that was. */
    public long readToEnd() throws IOException {
        byte[] piece = new byte[64 * 1024];
        long total = 0;
        try {
            int length = in.read(piece);
            while (length >= 0) {
                total += length;
                length = in.read(piece);
            }
        } catch (SocketException e) {
            return total; // a reset is an end too
        }
        return total;
    }

    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    public void setPatience(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
