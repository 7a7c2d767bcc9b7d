package io.belfry.api;

/**
 * A call without a caller, gone through before the first real one comes: that caller does not wait for classes to be loaded
 * then.
 */
@FunctionalInterface
public interface Rehearsal {

    /** Changes nothing, publishes nothing, counts nothing; does not throw. Takes as long as a call at most. */
    void run();
}
