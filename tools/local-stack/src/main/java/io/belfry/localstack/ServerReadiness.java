package io.belfry.localstack;

import io.belfry.localstack.process.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;

/** Each server is asked in its own language: an open port says nothing about a server that still recovers. */
public final class ServerReadiness {

    private ServerReadiness() {}

    public static Readiness postgres(int port) {
        return () -> PostgresServer.connect(PostgresServer.url(port, "postgres"), PostgresServer.SUPERUSER)
                .close();
    }

    public static Readiness kafka(int port) {
        return () -> {
            // A look at the port first: it is cheap, and Kafka's client logs every refused connection.
            connect(port).close();
            Map<String, Object> settings = Map.of(
                    "bootstrap.servers",
                    "127.0.0.1:" + port,
                    "request.timeout.ms",
                    2000,
                    "default.api.timeout.ms",
                    2000);
            try (Admin admin = Admin.create(settings)) {
                if (admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).isEmpty()) {
                    throw new IOException("the broker is not registered yet");
                }
            }
        };
    }

    public static Readiness redis(int port) {
        return () -> {
            try (Socket socket = connect(port)) {
                socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
                String answer = new String(socket.getInputStream().readNBytes(5), StandardCharsets.US_ASCII);
                if (!answer.equals("+PONG")) {
                    throw new IOException("redis answers " + answer);
                }
            }
        };
    }

    private static Socket connect(int port) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout(2000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
