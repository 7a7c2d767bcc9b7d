package io.belfry.localstack.command;

import java.util.Set;

/** What a close code tells a client to do; one that is not listed goes by its range. */
final class CloseRule {

    private static final Set<Integer> STAY_AWAY = Set.of(1002, 1003, 1007, 1008, 1009, 1010);

    private CloseRule() {}

    static boolean comesBack(int code) {
        return !STAY_AWAY.contains(code) && (code < 4500 || code > 4999);
    }
}
