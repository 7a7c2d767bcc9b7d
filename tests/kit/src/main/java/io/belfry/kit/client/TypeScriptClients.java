package io.belfry.kit.client;

import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.Repository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * A process of Node with the pages of many people: the TypeScript client as it ships, bundled by {@code npm run
 * build:headless}. Safe for use by many threads.
 */
public final class TypeScriptClients implements AutoCloseable {

    private static final Path PROGRAM = Repository.file("notification-web/dist/headless/headless.mjs");
    /** Hundreds of clients share one thread there, and the machine with everything else. */
    private static final long ANSWER_SECONDS = 60;

    private final Process process;
    private final Writer commands;
    private final Map<Long, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final AtomicLong refs = new AtomicLong();

    private TypeScriptClients(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "typescript-clients");
        reader.setDaemon(true);
        reader.start();
    }

    /** It ends with this JVM, whose end it hears. */
    public static TypeScriptClients start() {
        if (!Files.exists(PROGRAM)) {
            throw new IllegalStateException(
                    PROGRAM + " is missing: npm run build:headless makes it, ./dev test does so");
        }
        try {
            return new TypeScriptClients(new ProcessBuilder("node", PROGRAM.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * @param gateways dialled in turns, beginning with the first
     * @param tabs pages of the person's browser, which share one socket
     */
    public TypeScriptClient open(long user, String token, URI api, List<URI> gateways, int tabs) {
        List<String> addresses = gateways.stream().map(URI::toString).toList();
        ask(user, "open", "token", token, "api", api.toString(), "gateways", addresses, "tabs", tabs);
        return new TypeScriptClient(this, user);
    }

    /** @param more names and values in turns */
    public JsonNode ask(long user, String what, Object... more) {
        long ref = refs.incrementAndGet();
        List<Object> fields = new ArrayList<>(List.of("ref", ref, "user", user, "do", what));
        fields.addAll(Arrays.asList(more));
        CompletableFuture<JsonNode> answered = new CompletableFuture<>();
        asked.put(ref, answered);
        send(Json.object(fields.toArray()));
        JsonNode answer = answered.orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS).join();
        if (answer.has("failed")) {
            throw new IllegalStateException(what + ": " + answer.path("failed").asString());
        }
        return answer;
    }

    private synchronized void send(JsonNode command) {
        try {
            commands.write(command + "\n");
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the TypeScript clients are gone", e);
        }
    }

    private void read() {
        try (BufferedReader answers = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                JsonNode answer = Json.parse(line);
                CompletableFuture<JsonNode> waiting =
                        asked.remove(answer.path("ref").asLong());
                if (waiting != null) {
                    waiting.complete(answer);
                }
            }
        } catch (IOException e) {
            // Closed by us: threads that still wait are told so below.
        }
        asked.values().forEach(waiting -> waiting.completeExceptionally(new IOException("the process has ended")));
    }

    @Override
    public void close() {
        process.destroy();
    }
}
