package io.belfry.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A process of this machine, started from a {@link ProcessSpec}. */
public class ChildProcess implements ControlledProcess {

    private static final Duration CHECK_EVERY = Duration.ofMillis(50);

    /** In the last lines of a log: what most likely says why the process ended. */
    private static final Pattern TELLING = Pattern.compile("FATAL|ERROR|Exception|BELFRY_|[Ff]ailed|in use");

    private static final int LAST_LINES = 200;

    private final ProcessSpec spec;
    private final Readiness readiness;
    private volatile @Nullable Process process;

    public ChildProcess(ProcessSpec spec, Readiness readiness) {
        this.spec = spec;
        this.readiness = readiness;
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
        Process started = launch();
        process = started;
        ProcessGuard.watch(started.pid(), spec.stopSignal());
        CompletableFuture<Void> unused = started.onExit().thenRun(() -> ProcessGuard.forget(started.pid()));
        try {
            awaitReady(started);
        } catch (RuntimeException notReady) {
            kill();
            throw notReady;
        }
    }

    @Override
    public synchronized void stop() {
        Process running = process;
        if (running == null || !running.isAlive()) {
            return;
        }
        resume();
        signal(spec.stopSignal(), List.of(running.pid()));
        if (!hasEnded(running, spec.stopWithin())) {
            kill();
        }
    }

    @Override
    public synchronized void kill() {
        Process running = process;
        if (running == null) {
            return;
        }
        List<Long> family = family(running);
        signal("KILL", family);
        hasEnded(running, Duration.ofSeconds(10));
        family.forEach(ProcessGuard::forget);
    }

    @Override
    public synchronized void suspend() {
        List<Long> family = family(running());
        signal("STOP", family);
        // Frozen children do not notice that their parent is gone: the guard has to know each of them.
        family.stream().skip(1).forEach(pid -> ProcessGuard.watch(pid, "KILL"));
    }

    @Override
    public synchronized void resume() {
        List<Long> family = family(running());
        signal("CONT", family);
        family.stream().skip(1).forEach(ProcessGuard::forget);
    }

    @Override
    public boolean isRunning() {
        Process current = process;
        return current != null && current.isAlive();
    }

    /** The operating system's number of the running process. */
    public long pid() {
        return running().pid();
    }

    /**
     * How it ended: 137 when it was killed, also because it did not stop in time.
     *
     * @throws IllegalStateException if it runs, or never did
     */
    public int exitCode() {
        Process ended = process;
        if (ended == null || ended.isAlive()) {
            throw new IllegalStateException(name() + " has not ended");
        }
        return ended.exitValue();
    }

    private Process launch() {
        try {
            Files.createDirectories(spec.folder());
            Files.createDirectories(spec.log().toAbsolutePath().getParent());
            ProcessBuilder builder = new ProcessBuilder(spec.command())
                    .directory(spec.folder().toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(spec.log().toFile()));
            builder.environment().keySet().removeIf(key -> key.startsWith("BELFRY_"));
            builder.environment().putAll(spec.environment());
            Process started = builder.start();
            started.getOutputStream().close();
            return started;
        } catch (IOException e) {
            throw new ProcessFailedException(name() + " cannot be started: " + e.getMessage(), e);
        }
    }

    private void awaitReady(Process started) {
        long deadline = System.nanoTime() + spec.startWithin().toNanos();
        while (true) {
            try {
                readiness.check();
                if (started.isAlive()) {
                    return;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new ProcessFailedException(name() + ": start was interrupted", e);
            } catch (Exception notYet) {
                if (started.isAlive() && System.nanoTime() > deadline) {
                    throw new ProcessFailedException(
                            "%s is not ready after %d s (%s); its log: %s"
                                    .formatted(name(), spec.startWithin().toSeconds(), notYet.getMessage(), spec.log()),
                            notYet);
                }
            }
            if (hasEnded(started, CHECK_EVERY)) {
                throw new ProcessFailedException("%s stopped with exit code %d: %s; its log: %s"
                        .formatted(name(), started.exitValue(), lastWords(spec.log()), spec.log()));
            }
        }
    }

    private static String lastWords(Path log) {
        List<String> lines;
        try {
            lines = Files.readAllLines(log);
        } catch (IOException unreadable) {
            return "no readable log";
        }
        List<String> last = lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()).stream()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("at "))
                .toList();
        String lastOfAll = last.isEmpty() ? "it wrote nothing" : last.get(last.size() - 1);
        return last.stream().filter(TELLING.asPredicate()).reduce(lastOfAll, (earlier, later) -> later);
    }

    private Process running() {
        Process current = process;
        if (current == null || !current.isAlive()) {
            throw new IllegalStateException(name() + " does not run");
        }
        return current;
    }

    /** The process first, then everything it started. */
    private static List<Long> family(Process root) {
        return Stream.concat(Stream.of(root.toHandle()), root.descendants())
                .map(ProcessHandle::pid)
                .toList();
    }

    private static boolean hasEnded(Process process, Duration within) {
        try {
            return process.waitFor(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted while waiting for a process", e);
        }
    }

    /** Through the shell's own {@code kill}: the JDK knows TERM and KILL only. Processes that are gone are passed over. */
    private static void signal(String signal, List<Long> pids) {
        String targets = pids.stream().map(String::valueOf).collect(Collectors.joining(" "));
        try {
            Process shell = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + targets + " 2>/dev/null")
                    .inheritIO()
                    .start();
            hasEnded(shell, Duration.ofSeconds(10));
        } catch (IOException e) {
            throw new ProcessFailedException("no shell to send a signal with: " + e.getMessage(), e);
        }
    }
}
