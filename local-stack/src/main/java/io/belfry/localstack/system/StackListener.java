package io.belfry.localstack.system;

import java.time.Duration;

/** Hears how a stack comes up. Called on the threads that start the parts. */
@FunctionalInterface
public interface StackListener {

    /** A part does its work now. */
    void ready(String name, Duration took);
}
