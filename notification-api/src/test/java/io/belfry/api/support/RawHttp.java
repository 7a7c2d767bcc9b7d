package io.belfry.api.support;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection on which a test writes what no HTTP client would. */
public final class RawHttp implements AutoCloseable {

    private final Socket socket = new Socket();

    public RawHttp(int port) throws IOException {
        this(port, "127.0.0.1");
    }

    /** @param from this machine's address that it comes from */
    public RawHttp(int port, String from) throws IOException {
        socket.bind(new InetSocketAddress(from, 0));
        socket.connect(new InetSocketAddress("127.0.0.1", port));
        socket.setSoTimeout(30_000);
    }

    /** The answer, or its beginning. */
    public static String call(int port, String request) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            return connection.write(request).read(1_000);
        }
    }

    public RawHttp write(String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
        return this;
    }

    /** So much, or less if the connection is closed before. */
    public String read(int most) throws IOException {
        return new String(socket.getInputStream().readNBytes(most), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
