package io.belfry.chaos.harness;

/** One promise, the fault that it is tried with, and how. */
public abstract class Trial {

    private final String promise;
    private final String fault;

    /** @param promise as it is numbered in the list of promises: {@code P2} */
    protected Trial(String promise, String fault) {
        this.promise = promise;
        this.fault = fault;
    }

    public final String promise() {
        return promise;
    }

    public final String fault() {
        return fault;
    }

    /** A new place for it, which the caller closes. */
    public Arena arena() {
        return Arena.shared();
    }

    /** Makes the fault, heals it, ends what is sent, and says what came out. */
    public final Outcome run(Arena arena, Scale scale) {
        arena.scale(scale);
        run(arena);
        arena.untilDrained();
        return arena.compare();
    }

    /** Sends, makes the fault, and leaves the system whole; what is sent may go on. */
    protected abstract void run(Arena arena);

    @Override
    public final String toString() {
        return promise + ": " + fault;
    }
}
