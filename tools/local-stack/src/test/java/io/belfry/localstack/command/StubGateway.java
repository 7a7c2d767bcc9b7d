package io.belfry.localstack.command;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough of RFC 6455 to play a gateway: unmasked frames out, no longer than 125 bytes. */
final class StubGateway implements AutoCloseable {

    private static final Pattern KEY = Pattern.compile("(?i)Sec-WebSocket-Key: (\\S+)");
    private static final int TEXT = 0x81;
    private static final int CLOSE = 0x88;

    private final ServerSocket server;
    private final List<Client> clients = new ArrayList<>();

    StubGateway(int port) throws IOException {
        server = new ServerSocket(port, 10, InetAddress.getLoopbackAddress());
    }

    /** The next client's socket, opened. */
    Client accept() throws IOException {
        server.setSoTimeout(20_000);
        Socket socket = server.accept();
        socket.setSoTimeout(20_000);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) socket.getInputStream().read());
        }
        Matcher key = KEY.matcher(head);
        if (!key.find()) {
            throw new IOException("no upgrade: " + head);
        }
        String answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Protocol: belfry.v1\r\nSec-WebSocket-Accept: " + accepted(key.group(1)) + "\r\n\r\n";
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        Client client = new Client(socket, head.toString());
        clients.add(client);
        return client;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Client client : clients) {
            client.breakOff();
        }
    }

    record Client(Socket socket, String head) {

        void send(String text) throws IOException {
            frame(TEXT, text.getBytes(StandardCharsets.UTF_8));
        }

        void close(int code, String reason) throws IOException {
            byte[] text = reason.getBytes(StandardCharsets.UTF_8);
            frame(
                    CLOSE,
                    ByteBuffer.allocate(2 + text.length)
                            .putShort((short) code)
                            .put(text)
                            .array());
        }

        private void frame(int kind, byte[] content) throws IOException {
            socket.getOutputStream()
                    .write(ByteBuffer.allocate(2 + content.length)
                            .put((byte) kind)
                            .put((byte) content.length)
                            .put(content)
                            .array());
        }

        void breakOff() throws IOException {
            socket.close();
        }
    }

    private static String accepted(String key) {
        try {
            byte[] text = (key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII);
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
