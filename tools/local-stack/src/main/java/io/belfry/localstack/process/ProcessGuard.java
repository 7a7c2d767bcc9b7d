package io.belfry.localstack.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Ends this JVM's children when this JVM is gone, however it went: see {@code guard.sh}. A child that ended must be
 * forgotten, or another process that gets its number later would be hit.
 */
public final class ProcessGuard {

    private static @Nullable Writer pipe;

    private ProcessGuard() {}

    public static void watch(long pid, String signal) {
        say("watch " + pid + ":" + signal);
    }

    public static void forget(long pid) {
        say("forget " + pid);
    }

    /** Has a folder removed after the last child, when this JVM is gone. */
    public static void removeAtEnd(Path folder) {
        say("remove " + folder.toAbsolutePath());
    }

    private static synchronized void say(String line) {
        try {
            Writer open = pipe;
            if (open == null) {
                open = start();
                pipe = open;
            }
            open.write(line + "\n");
            open.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the process guard is gone", e);
        }
    }

    private static Writer start() throws IOException {
        try (InputStream script = ProcessGuard.class.getResourceAsStream("guard.sh")) {
            if (script == null) {
                throw new IOException("guard.sh is not packed");
            }
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            return new ProcessBuilder("sh", "-c", text, "belfry-guard")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .outputWriter(StandardCharsets.UTF_8);
        }
    }
}
