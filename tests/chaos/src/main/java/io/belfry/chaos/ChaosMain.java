package io.belfry.chaos;

import java.util.List;

/**
 * {@code [--factor f] [promise…]}: the long forms, one after the other, and one table of what came out. Ends with 0 when each promise is kept, 1 when one is
 * not, 2 when it was called in a wrong way, and 130 when it was interrupted.
 */
public final class ChaosMain {

    private static final int WRONG_CALL = 2;

    private ChaosMain() {}

    public static void main(String... arguments) {
        LoadProfile profile;
        try {
            profile = LoadProfile.of(List.of(arguments));
        } catch (IllegalArgumentException e) {
            System.err.println("chaos: " + e.getMessage());
            System.exit(WRONG_CALL);
            return;
        }
        Run run = new Run(profile, System.out);
        // An interrupt ends the services by their guard; what was seen until then is shown all the same.
        Runtime.getRuntime().addShutdownHook(new Thread(run::interrupted, "interrupted"));
        System.exit(run.all() ? 0 : 1);
    }
}
