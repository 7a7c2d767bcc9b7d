package io.belfry.localstack.command;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.system.DemoSchool;
import io.belfry.localstack.system.Stack;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run of everything that each JVM keeps for its next starts: a start, sends that come to a socket, a stop. */
final class Training {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** Each way from the door to the socket is gone several times: some of it goes otherwise when it is gone first. */
    private static final int SENDS = 10;

    private final LocalSettings settings;

    /** On ports of its own, in a folder of its own. */
    Training(LocalSettings settings) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        settings.ports().keySet().forEach(variable -> ports.put(variable, Ports.free()));
        this.settings = new LocalSettings(settings.folder().resolve("training"), ports, Map.of());
    }

    /**
     * Returns when all have stopped and their runs are kept.
     *
     * @throws ProcessFailedException if what is sent does not come to the socket
     */
    void run() throws InterruptedException {
        Path folder = settings.folder();
        try (LocalFolder held = LocalFolder.hold(folder);
                Stack stack = Up.services(settings, held, Infrastructure.training(folder))
                        .training()
                        .build()) {
            stack.start();
            DemoSchool.publish(stack.infrastructure().kafka().bootstrapServers(), stack.topicPrefix());
            send(new DemoApi(settings));
            // At once: each takes seconds to keep its run.
            Parallel.run(stack.services(), ControlledProcess::stop);
            stack.stop();
        }
    }

    private void send(DemoApi api) throws InterruptedException {
        api.awaitSchool(DemoSchool.studentsOfFirstCourse());
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        Listen socket = new Listen(settings, "ana", new PrintStream(frames, true, StandardCharsets.UTF_8), nowhere);
        Thread listener = new Thread(() -> listen(socket), "listen");
        listener.setDaemon(true);
        listener.start();
        await(frames, "welcome");
        for (int number = 1; number <= SENDS; number++) {
            String title = "Training " + number + " of " + SENDS;
            api.send("root", 1, title, "Nothing to be learned but the way.", nowhere);
            await(frames, title);
        }
    }

    private static void listen(Listen socket) {
        try {
            socket.run();
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private static void await(ByteArrayOutputStream frames, String text) throws InterruptedException {
        if (!Poll.until(PATIENCE, () -> frames.toString(StandardCharsets.UTF_8), all -> all.contains(text))
                .contains(text)) {
            throw new ProcessFailedException("no frame of a training says " + text);
        }
    }
}
