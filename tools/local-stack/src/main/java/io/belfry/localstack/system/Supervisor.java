package io.belfry.localstack.system;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
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
            Set<Class<?>> failuresTold = new HashSet<>(); // of this process, whose looks do not overlap
            ScheduledFuture<?> unused = threads.scheduleWithFixedDelay(
                    () -> look(process, restarts, failuresTold), 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
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

    /** Does not throw, not even an error: an executor drops, without a word, a task that does. */
    private void look(ControlledProcess process, Restarts restarts, Set<Class<?>> failuresTold) {
        try {
            if (!process.isRunning() && restarts.mayStart(System.nanoTime())) {
                start(process, restarts);
            }
            failuresTold.clear();
        } catch (Throwable e) {
            if (failuresTold.add(e.getClass())) {
                tell(process, e);
            }
        }
    }

    private void start(ControlledProcess process, Restarts restarts) {
        long begin = System.nanoTime();
        try {
            process.start();
        } catch (Throwable e) {
            if (!threads.isShutdown()) {
                Duration wait = restarts.failed(System.nanoTime());
                say.accept("%s does not come back: %s; next attempt in %d s"
                        .formatted(
                                process.name(),
                                e instanceof ProcessFailedException ? e.getMessage() : e,
                                wait.toSeconds()));
            }
            return;
        }
        restarts.started(System.nanoTime());
        say.accept("%s had stopped; it runs again (%.1f s)".formatted(process.name(), seconds(begin)));
    }

    private void tell(ControlledProcess process, Throwable failure) {
        try {
            say.accept("%s cannot be watched: %s; trying again".formatted(process.name(), failure));
        } catch (Throwable e) {
            // If it is saying that fails, nothing can be told.
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }
}
