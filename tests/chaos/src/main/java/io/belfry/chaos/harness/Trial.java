package io.belfry.chaos.harness;

/** One promise, the fault that it is tried with, and how. */
public interface Trial {

    /** As it is numbered in the list of promises: {@code P2}. */
    String promise();

    String fault();

    /** A new place for it, which the caller closes. */
    default Arena arena() {
        return Arena.shared();
    }

    /** Makes the fault, heals it, and says what came out. Leaves the system whole. */
    TrialOutcome run(Arena arena, Scale scale);
}
