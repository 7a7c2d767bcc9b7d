package io.belfry.gateway.support;

import java.util.concurrent.Callable;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An event loop that does at once, on the caller's thread, whatever it is asked to; it knows no later. */
public final class DirectLoop extends ScheduledThreadPoolExecutor {

    public DirectLoop() {
        super(0);
    }

    @Override
    public void execute(Runnable task) {
        task.run();
    }

    @Override
    public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) {
        throw new UnsupportedOperationException();
    }
}
