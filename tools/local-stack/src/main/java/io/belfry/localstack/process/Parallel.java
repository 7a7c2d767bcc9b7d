package io.belfry.localstack.process;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The same step on several things at once. */
public final class Parallel {

    private Parallel() {}

    /** Returns when the step is done for all; throws what the first of the list that failed threw. */
    public static <T> void run(List<? extends T> things, Consumer<T> step) {
        if (things.isEmpty()) {
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(things.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            things.forEach(thing -> running.add(threads.submit(() -> step.accept(thing))));
            ProcessFailedException failure = null;
            for (Future<?> one : running) {
                try {
                    one.get();
                } catch (ExecutionException e) {
                    failure = failure != null ? failure : asFailure(e.getCause());
                }
            }
            if (failure != null) {
                throw failure;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    private static ProcessFailedException asFailure(@Nullable Throwable cause) {
        return cause instanceof ProcessFailedException failure
                ? failure
                : new ProcessFailedException(String.valueOf(cause), cause);
    }
}
