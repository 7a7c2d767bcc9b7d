package io.belfry.bench.peers;

import io.belfry.bench.load.CPrograms;
import io.belfry.bench.load.Sockets;
import io.belfry.kit.contract.Json;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.ProcessGuard;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** Another system that runs, and how it is asked to do the job. */
public final class Peer implements AutoCloseable {

    private final Process process;
    private final Path folder;
    private final int port;
    private final int sockets;
    private final JsonNode client;
    private final String version;

    private Peer(Process process, Path folder, int port, int sockets, JsonNode client, String version) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.sockets = sockets;
        this.client = client;
        this.version = version;
    }

    /**
     * @param peer name of its folder
     * @param clientFile how it is used: {@code client.json}
     * @param sockets that will be opened
     * @param core that it is bound to; below 0 = any
     */
    public static Peer start(
            String peer, String clientFile, Path out, int sockets, int core, Map<String, String> environment) {
        Path own = Path.of("peers", peer).toAbsolutePath();
        Path folder = out.resolve("peer-" + peer).toAbsolutePath();
        int port = Ports.free();
        List<String> command = new ArrayList<>(core < 0 ? List.of() : List.of("taskset", "-c", String.valueOf(core)));
        command.addAll(List.of(
                own.resolve("start").toString(), folder.toString(), String.valueOf(port), String.valueOf(sockets)));
        try {
            install(own, folder);
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(environment);
            if (core >= 0) {
                builder.environment().put("BELFRY_BENCH_CORES", "1");
            }
            Process process = builder.start();
            ProcessGuard.watch(process.pid(), "TERM"); // it ends with this process, however that ends
            JsonNode client = Json.parse(Files.readAllBytes(own.resolve(clientFile)));
            return new Peer(process, folder, port, sockets, client, awaitReady(peer, process));
        } catch (IOException e) {
            throw new ProcessFailedException(peer + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** On all cores: some are compiled. */
    private static void install(Path own, Path folder) throws IOException {
        Files.createDirectories(folder);
        new ProcessBuilder(own.resolve("start").toString(), folder.toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start()
                .onExit()
                .join();
    }

    private static String awaitReady(String peer, Process process) throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        String version = peer;
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            if (line.startsWith("version: ")) {
                version = line.substring("version: ".length());
            } else if (line.equals("ready")) {
                return version;
            }
        }
        throw new ProcessFailedException(version + " did not get ready");
    }

    /** Its name and what it is made of. */
    public String version() {
        return version;
    }

    public long pid() {
        return process.pid();
    }

    public int port() {
        return port;
    }

    /** Opens all its sockets. */
    public Sockets open(CPrograms programs, int core) {
        List<String> more = new ArrayList<>(List.of("-P", client.path("path").stringValue(""), "-m", "100"));
        client.path("first").forEach(text -> more.addAll(List.of("-F", text.stringValue(""))));
        if (client.path("engineIo").asBoolean(false)) {
            more.add("-e");
        }
        if (client.has("tokens")) {
            more.addAll(List.of(
                    "-T", folder.resolve(client.path("tokens").stringValue("")).toString()));
        }
        return Sockets.open(programs, core, port, sockets, more.toArray(String[]::new));
    }

    /** A request that brings a frame to every socket. */
    public byte[] publishing(String payload) {
        JsonNode publish = client.path("publish");
        String channels = IntStream.range(0, sockets)
                .mapToObj(i -> '"' + client.path("channel").stringValue("").replace("{i}", String.valueOf(i)) + '"')
                .collect(Collectors.joining(",", "[", "]"));
        byte[] body = publish.path("body")
                .stringValue("")
                .replace("{payload}", payload)
                .replace("{channels}", channels)
                .getBytes(StandardCharsets.UTF_8);
        StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                .formatted(
                        publish.path("method").stringValue(""),
                        publish.path("path").stringValue("")));
        publish.path("headers")
                .properties()
                .forEach(header -> head.append(header.getKey())
                        .append(": ")
                        .append(header.getValue().stringValue("").replace("{t}", token(publish)))
                        .append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        request.writeBytes(body);
        return request.toByteArray();
    }

    private String token(JsonNode publish) {
        try {
            return publish.has("token")
                    ? Files.readString(folder.resolve(publish.path("token").stringValue("")))
                            .strip()
                    : "";
        } catch (IOException e) {
            throw new ProcessFailedException("no token for publishing", e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        ProcessGuard.forget(process.pid());
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
