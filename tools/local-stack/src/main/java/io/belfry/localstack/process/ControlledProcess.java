package io.belfry.localstack.process;

/**
 * Something of the system that runs as a process of its own, with all that can happen to one. Methods return when what
 * they say is done; they may be called from any thread, one at a time.
 */
public interface ControlledProcess {

    /** The name people know it by: {@code postgres}, {@code gateway-2}. */
    String name();

    /**
     * Starts it and waits until it does its work. Does nothing when it runs. After {@link #stop} or {@link #kill} it
     * comes back on the same port with the same data.
     *
     * @throws ProcessFailedException when it stops by itself or is not ready in time; it does not run then
     */
    void start();

    /** Asks it to stop in its own way, waits, and kills it when that takes too long. Wakes a suspended one first. */
    void stop();

    /** Kills it with everything it started, as {@code kill -9} does. */
    void kill();

    /** Freezes it with everything it started (SIGSTOP): ports stay open, connections hang. */
    void suspend();

    /** Ends {@link #suspend}. */
    void resume();

    /** Whether the process exists; a suspended one does. */
    boolean isRunning();
}
