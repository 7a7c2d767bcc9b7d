package io.belfry.runtime.settings;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Faults that a process makes on purpose, at places where a kill from outside would hardly ever hit: {@code
 * BELFRY_FAILPOINTS=persister.halt-after-commit=0.2,gateway.drop-frames=0.01}. For tests alone; production refuses them.
 * All services share the variable, and each minds its own. Safe for use by many threads.
 */
public final class Failpoints {

    /** No faults but those that happen. */
    public static final Failpoints NONE = new Failpoints(Map.of());

    private static final String VARIABLE = "BELFRY_FAILPOINTS";

    /** Where a fault can be made. */
    public enum Point {
        /** The JVM halts after the commit of a fan-out, before it is announced. */
        HALT_AFTER_COMMIT("persister.halt-after-commit"),
        /** The listener of requests dies of an {@code Error} when records come. */
        LISTENER_ERROR("persister.listener-error"),
        /** A frame that is pushed to a user is not written, without a word. */
        DROP_FRAMES("gateway.drop-frames");

        private final String title;

        Point(String title) {
            this.title = title;
        }

        static Point of(String title) {
            return Arrays.stream(values())
                    .filter(point -> point.title.equals(title))
                    .findAny()
                    .orElseThrow(() -> Variables.invalid(VARIABLE, "must name points that there are"));
        }
    }

    private final Map<Point, BooleanSupplier> strikes;

    private Failpoints(Map<Point, BooleanSupplier> strikes) {
        this.strikes = strikes;
    }

    /** @throws IllegalArgumentException if it is set in production, names no point, or says something else than how often */
    public static Failpoints of(Variables variables) {
        List<String> items = variables.list(VARIABLE, "");
        if (items.isEmpty()) {
            return NONE;
        }
        if (variables.text("BELFRY_PROFILE", "").equals("production")) {
            throw Variables.invalid(VARIABLE, "must not be set when BELFRY_PROFILE is production");
        }
        Map<Point, BooleanSupplier> strikes = new EnumMap<>(Point.class);
        for (String item : items) {
            String[] parts = item.split("=", 2);
            strikes.put(Point.of(parts[0].trim()), frequency(parts.length == 2 ? parts[1].trim() : ""));
        }
        return new Failpoints(strikes);
    }

    private static BooleanSupplier frequency(String text) {
        if (text.equals("once")) {
            AtomicBoolean struck = new AtomicBoolean();
            return () -> struck.compareAndSet(false, true);
        }
        try {
            double share = Double.parseDouble(text);
            if (share > 0 && share <= 1) {
                return () -> ThreadLocalRandom.current().nextDouble() < share;
            }
        } catch (NumberFormatException e) {
            // told below, as a share out of range is
        }
        throw Variables.invalid(VARIABLE, "must give each point a share above 0, up to 1, or once");
    }

    /** Whether any is set at all, which deserves a loud word at the start. */
    public boolean areSet() {
        return !strikes.isEmpty();
    }

    public boolean isSet(Point point) {
        return strikes.containsKey(point);
    }

    /** Asked each time its place is passed: whether the fault is made this time. Never true where it is not set. */
    public BooleanSupplier at(Point point) {
        return strikes.getOrDefault(point, () -> false);
    }

    /** For the log. */
    @Override
    public String toString() {
        return String.valueOf(
                strikes.keySet().stream().map(point -> point.title).toList());
    }
}
