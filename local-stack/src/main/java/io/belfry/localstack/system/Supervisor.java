package io.belfry.localstack.system;

import io.belfry.localstack.process.ControlledProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Starts again what ends by itself, and says so in one line. What ends soon after its start is given more time before
 * each further attempt, up to {@link Restarts#LONGEST_WAIT}.
 */
public final class Supervisor implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final ScheduledExecutorService threads;
    private final Consumer<String> say;

    /**
     * Watches from now on.
     *
     * @param processes all of them run now
     * @param say       called with one line for people, on the supervisor's threads
     */
    public Supervisor(List<? extends ControlledProcess> processes, Consumer<String> say) {
        this.say = say;
        threads = Executors.newScheduledThreadPool(processes.size(), task -> {
            Thread thread = new Thread(task, "supervisor");
            thread.setDaemon(true);
            return thread;
        });
        for (ControlledProcess process : processes) {
            Restarts restarts = new Restarts(System.nanoTime());
            ScheduledFuture<?> unused = threads.scheduleWithFixedDelay(
                    () -> look(process, restarts), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Stops watching; returns when no start is under way any more. The processes are left as they are. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("a restart cannot be interrupted");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(ControlledProcess process, Restarts restarts) {
        if (process.isRunning() || !restarts.mayStart(System.nanoTime())) {
            return;
        }
        long begin = System.nanoTime();
        try {
            process.start();
            restarts.started(System.nanoTime());
            say.accept("%s had stopped; it runs again (%.1f s)".formatted(process.name(), seconds(begin)));
        } catch (RuntimeException e) {
            if (threads.isShutdown()) {
                return;
            }
            Duration wait = restarts.failed(System.nanoTime());
            say.accept("%s does not come back: %s; next attempt in %d s"
                    .formatted(process.name(), e.getMessage(), wait.toSeconds()));
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
