package io.belfry.chaos.harness;

/**
 * One promise, the fault that it is tried with, and how.
 *
 * @param promise as it is numbered in the list of promises: {@code P2}
 */
public record Trial(String promise, String fault, Attempt attempt) {

    /** Makes the fault, heals it, ends what is sent, and says what came out. */
    public Outcome run(Arena arena, Scale scale) {
        arena.scale(scale);
        attempt.run(arena);
        arena.untilDrained();
        return arena.compare();
    }
}
