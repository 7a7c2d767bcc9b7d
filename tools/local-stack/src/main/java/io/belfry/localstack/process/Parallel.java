package io.belfry.localstack.process;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** The same step on several things at once. */
public final class Parallel {

    private Parallel() {}

    /** Returns when the step is done for all; throws what the first of the list that failed threw. */
    public static <T> void run(List<? extends T> things, Consumer<T> step) {
        List<Callable<Object>> steps = things.stream()
                .map(thing -> Executors.callable(() -> step.accept(thing)))
                .toList();
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (Future<Object> done : threads.invokeAll(steps)) {
                done.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProcessFailedException failure
                    ? failure
                    : new ProcessFailedException(String.valueOf(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProcessFailedException("interrupted", e);
        } finally {
            threads.shutdown();
        }
    }
}
