package io.belfry.e2e.replica;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The one thread of a client. Steps may be handed in from any thread; after it is closed they are dropped. */
final class EventLoop implements AutoCloseable {

    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread made = new Thread(task, "contract-client");
        made.setDaemon(true);
        return made;
    });
    private final List<String> problems = new ArrayList<>();

    void execute(Runnable step) {
        later(step, 0);
    }

    void later(Runnable step, long millis) {
        if (!thread.isShutdown()) {
            var unused = thread.schedule(guarded(step), millis, TimeUnit.MILLISECONDS);
        }
    }

    void every(Runnable step, long millis) {
        var unused = thread.scheduleWithFixedDelay(guarded(step), millis, millis, TimeUnit.MILLISECONDS);
    }

    <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, thread).join();
    }

    /** On the loop. */
    void note(String problem) {
        problems.add(problem);
    }

    /** On the loop. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** A step that throws is a mistake of this client or of the system; either way the test must hear of it. */
    private Runnable guarded(Runnable step) {
        return () -> {
            try {
                step.run();
            } catch (RuntimeException e) {
                problems.add(e.toString());
            }
        };
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
