package io.belfry.chaos.load;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Does things in time on a thread of its own. What throws is noted and ends nothing; a bare timer drops it without a word. */
public final class Paced implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Paced.class.getName());

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
    private final List<String> problems = new CopyOnWriteArrayList<>();

    public Paced() {
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** From now on. */
    public Paced repeat(double timesPerSecond, Runnable task) {
        long period = Math.round(TimeUnit.SECONDS.toNanos(1) / timesPerSecond);
        var unused = timer.scheduleAtFixedRate(() -> guarded(task), 0, period, TimeUnit.NANOSECONDS);
        return this;
    }

    public void after(Duration time, Runnable task) {
        var unused = timer.schedule(() -> guarded(task), time.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.ERROR, "It goes on", e);
            problems.add(e.toString());
        }
    }

    public List<String> problems() {
        return problems;
    }

    public boolean isFinished() {
        return timer.isShutdown();
    }

    /** Begins nothing more, and waits for the end of what is under way. */
    public void finish() {
        timer.shutdown();
        await("it has ended").until(timer::isTerminated);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
