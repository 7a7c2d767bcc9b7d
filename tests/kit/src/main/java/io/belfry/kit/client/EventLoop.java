package io.belfry.kit.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * One client's steps, one after the other, on one of a few threads that all clients share. Steps must not block. They may
 * be handed in from any thread; after the loop is closed they are dropped.
 */
public final class EventLoop implements AutoCloseable {

    private static final int THREADS = 4;

    private static final List<ScheduledExecutorService> SHARED = IntStream.range(0, THREADS)
            .mapToObj(number -> Executors.newSingleThreadScheduledExecutor(task -> {
                Thread made = new Thread(task, "contract-clients-" + number);
                made.setDaemon(true);
                return made;
            }))
            .toList();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final ScheduledExecutorService thread = SHARED.get(Math.floorMod(NEXT.getAndIncrement(), THREADS));
    private final List<String> problems = new ArrayList<>();
    private volatile boolean closed;

    public void execute(Runnable step) {
        thread.execute(guarded(step));
    }

    public void later(Runnable step, long millis) {
        var unused = thread.schedule(guarded(step), millis, TimeUnit.MILLISECONDS);
    }

    /** Waits for the answer; not to be called by a step. */
    public <T> T ask(Supplier<T> question) {
        return CompletableFuture.supplyAsync(question, thread).join();
    }

    /** On the loop. */
    public void note(String problem) {
        problems.add(problem);
    }

    /** On the loop. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** A step that throws is a mistake of this client or of the system; either way the test must hear of it. */
    private Runnable guarded(Runnable step) {
        return () -> {
            if (closed) {
                return;
            }
            try {
                step.run();
            } catch (RuntimeException e) {
                problems.add(e.toString());
            }
        };
    }

    @Override
    public void close() {
        closed = true;
    }
}
