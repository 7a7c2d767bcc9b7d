package io.belfry.bench.load;

import io.belfry.kit.contract.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;

/** Requests over HTTP/1.1 as bytes, and an open loop of them by {@code httpload}. */
public final class Http {

    /** Becomes the moment at which a request was due; read from the frame that comes of it. */
    public static final String STAMP = "@0000000000000000000";

    private Http() {}

    public static byte[] get(String path, String token) {
        return request("GET", path, token, "");
    }

    public static byte[] post(String path, String token, JsonNode body) {
        return request("POST", path, token, body.toString());
    }

    private static byte[] request(String method, String path, String token, String body) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer %s\r\n".formatted(method, path, token)
                + (bytes.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n")
                + "\r\n";
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        whole.writeBytes(bytes);
        return whole.toByteArray();
    }

    /** As {@link #load}, beside what this thread does. */
    public static CompletableFuture<JsonNode> begin(
            CPrograms programs,
            Path folder,
            int port,
            List<byte[]> requests,
            double rate,
            int connections,
            Duration time) {
        return CompletableFuture.supplyAsync(
                () -> load(programs, folder, port, requests, rate, connections, time),
                task -> new Thread(task, "load").start()); // the common pool has one thread on two cores
    }

    /**
     * Sends these in turn at an even rate. What it returns is in milliseconds, from the moment at which each was due.
     *
     * @param rate a second; 0 = as many as the connections carry
     */
    public static JsonNode load(
            CPrograms programs,
            Path folder,
            int port,
            List<byte[]> requests,
            double rate,
            int connections,
            Duration time) {
        try {
            Path file = Files.createTempFile(folder, "requests", "");
            ByteArrayOutputStream all = new ByteArrayOutputStream();
            for (byte[] request : requests) {
                all.writeBytes((request.length + "\n").getBytes(StandardCharsets.US_ASCII));
                all.writeBytes(request);
            }
            Files.write(file, all.toByteArray());
            JsonNode done = Json.parse(programs.output(
                    -1,
                    "httpload",
                    List.of(
                            "-p", String.valueOf(port),
                            "-f", file.toString(),
                            "-r", String.format(Locale.ROOT, "%.3f", rate),
                            "-k", String.valueOf(connections),
                            "-t", String.valueOf(time.toSeconds()))));
            Files.delete(file);
            return done;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
