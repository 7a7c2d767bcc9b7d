package io.belfry.chaos.harness;

/** How a fault is made. */
public interface Attempt {

    /** A new place for it, which the caller closes. */
    default Arena arena() {
        return Arena.shared();
    }

    /** Sends, makes the fault, and leaves the system whole; what is sent may go on. */
    void run(Arena arena);
}
