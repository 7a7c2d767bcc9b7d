package io.belfry.kit.socket;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** A client with bad manners: it writes any bytes, and reads only when asked to. Frames are masked with zeros. */
public final class RawSocket implements AutoCloseable {

    /** @param payload of a close frame: two bytes of code and the reason */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    public record Frame(int opcode, byte[] payload) {

        public static final int TEXT = 1;
        public static final int BINARY = 2;
        public static final int CLOSE = 8;
        public static final int PING = 9;
        public static final int PONG = 10;

        public String text() {
            return new String(payload, StandardCharsets.UTF_8);
        }

        public int closeCode() {
            return payload.length < 2 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xffff;
        }
    }

    /** Of the first byte of a frame: the message ends with it. */
    public static final int FIN = 0x80;

    private static final int READ_TIMEOUT_MILLIS = 20_000;
    private static final int MASKED = 0x80;

    private final Socket socket;
    private final DataInputStream in;

    private RawSocket(Socket socket) throws IOException {
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    }

    /**
     * Connects and says nothing.
     *
     * @param receiveBuffer bytes that the kernel may hold for this client; 0 = as it likes
     */
    public static RawSocket connect(URI address, int receiveBuffer) {
        try {
            Socket socket = new Socket();
            if (receiveBuffer > 0) {
                socket.setReceiveBufferSize(receiveBuffer);
            }
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), 5_000);
            return new RawSocket(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An upgraded socket of this token's user. */
    public static RawSocket open(URI address, String token) {
        return open(address, token, 0);
    }

    public static RawSocket open(URI address, String token, int receiveBuffer) {
        RawSocket opened = connect(address, receiveBuffer);
        String answer = opened.request(upgrade(address, "Authorization: Bearer " + token));
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IllegalStateException(answer);
        }
        return opened;
    }

    /** The head of a right upgrade, with these header lines added. */
    public static String upgrade(URI address, String... headers) {
        return "GET " + address.getPath() + " HTTP/1.1\r\nHost: " + address.getAuthority()
                + "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(new byte[16]) + "\r\n"
                + String.join("\r\n", headers) + (headers.length == 0 ? "" : "\r\n") + "\r\n";
    }

    /** Writes the request and reads the head of the answer; empty if the connection ends first. */
    public String request(String head) {
        write(head.getBytes(StandardCharsets.ISO_8859_1));
        return readHead();
    }

    /** The head of an answer; empty if the connection ends first. */
    public String readHead() {
        StringBuilder answer = new StringBuilder();
        try {
            int next = in.read();
            while (next >= 0 && answer.append((char) next).indexOf("\r\n\r\n") < 0) {
                next = in.read();
            }
            return answer.toString();
        } catch (IOException e) {
            return "";
        }
    }

    public void write(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void text(String text) {
        write(frame(FIN | Frame.TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** @param first the first byte: FIN, reserved bits and opcode */
    public static byte[] frame(int first, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(first);
        if (payload.length < 126) {
            bytes.write(MASKED | payload.length);
        } else {
            bytes.write(MASKED | 126);
            bytes.write(payload.length >> 8);
            bytes.write(payload.length);
        }
        bytes.writeBytes(new byte[4]);
        bytes.writeBytes(payload);
        return bytes.toByteArray();
    }

    /** The next frame; waits up to 20 s. */
    public Frame read() throws IOException {
        int opcode = in.readUnsignedByte() & 0x0f;
        long length = in.readUnsignedByte() & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        byte[] payload = new byte[Math.toIntExact(length)];
        in.readFully(payload);
        return new Frame(opcode, payload);
    }

    /** The next frame that is not a ping. */
    public Frame readPastPings() throws IOException {
        Frame frame = read();
        while (frame.opcode() == Frame.PING) {
            frame = read();
        }
        return frame;
    }

    /** Sends no more, and reads on. */
    public void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** How long a read waits from now on. */
    public void setPatience(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
    }

    /** Reads whatever there still is until the other side ends the connection; returns how many bytes that was. */
    public long readToEnd() {
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
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return total;
    }

    /** Reads on to the close frame. 1006 = the connection ended without one. */
    public int awaitCloseCode() {
        try {
            Frame frame = read();
            while (frame.opcode() != Frame.CLOSE) {
                frame = read();
            }
            return frame.closeCode();
        } catch (EOFException | SocketException e) {
            return Closed.BROKEN;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
