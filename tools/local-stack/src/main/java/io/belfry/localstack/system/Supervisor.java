package io.belfry.localstack.system;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Starts again what ends by itself, and says so in one line. */
public final class Supervisor implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "supervisor");
        thread.setDaemon(true);
        return thread;
    });
    private final Consumer<String> say;

    /**
     * Watches from now on.
     *
     * @param processes all of them run now
     * @param say       called with one line for people, on the supervisor's threads
     */
    public Supervisor(List<? extends ControlledProcess> processes, Consumer<String> say) {
        this.say = say;
        processes.forEach(process -> threads.execute(() -> watchToTheEnd(process)));
    }

    /** When a process that keeps ending is started again: at once after a long life, ever later after short ones. */
    static final class Restarts {

        private static final Duration LONG_LIFE = Duration.ofSeconds(60);
        private static final long LONGEST_WAIT_SECONDS = 30;

        private int shortLives;

        /** 0, 1, 2, 4 … 30 s. An attempt that failed is a life of no length. */
        Duration waitAfter(Duration life) {
            if (life.compareTo(LONG_LIFE) >= 0) {
                shortLives = 0;
            }
            long seconds = shortLives == 0 ? 0 : 1L << Math.min(shortLives - 1, 10);
            shortLives++;
            return Duration.ofSeconds(Math.min(seconds, LONGEST_WAIT_SECONDS));
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

    private void watchToTheEnd(ControlledProcess process) {
        while (!threads.isShutdown()) {
            try {
                watch(process);
            } catch (InterruptedException closed) {
                return;
            } catch (Throwable e) {
                // Not even an error that cannot be told ends the watching: it begins anew.
            }
        }
    }

    private void watch(ControlledProcess process) throws InterruptedException {
        Restarts restarts = new Restarts();
        while (true) {
            long began = System.nanoTime();
            do {
                TimeUnit.MILLISECONDS.sleep(LOOK_EVERY.toMillis());
            } while (process.isRunning());
            Duration wait = restarts.waitAfter(Duration.ofNanos(System.nanoTime() - began));
            while (!process.isRunning()) {
                TimeUnit.SECONDS.sleep(wait.toSeconds());
                wait = restart(process, restarts);
            }
        }
    }

    /** Returns how long to wait before the next attempt; of no meaning after one that succeeded. */
    private Duration restart(ControlledProcess process, Restarts restarts) {
        long begin = System.nanoTime();
        try {
            process.start();
        } catch (RuntimeException | Error e) {
            Duration wait = restarts.waitAfter(Duration.ZERO);
            if (!threads.isShutdown()) {
                Object why = e instanceof ProcessFailedException ? e.getMessage() : e;
                say.accept("%s does not come back: %s; next attempt in %d s"
                        .formatted(process.name(), why, wait.toSeconds()));
            }
            return wait;
        }
        say.accept(
                "%s had stopped; it runs again (%.1f s)".formatted(process.name(), (System.nanoTime() - begin) / 1e9));
        return Duration.ZERO;
    }
}
