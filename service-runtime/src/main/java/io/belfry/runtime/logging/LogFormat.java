package io.belfry.runtime.logging;

import io.belfry.runtime.settings.Variables;

/** {@code BELFRY_LOG_FORMAT}: {@code text} for people, {@code json}, one object a line, for machines. */
public final class LogFormat {

    /** Read by {@code logback.xml}. */
    private static final String PROPERTY = "belfry.log.format";

    private LogFormat() {}

    /**
     * Has an effect before the first logger is made. A wrong value counts as {@code text} here, because there is no log
     * yet to say so; {@link #check} refuses it.
     */
    public static void choose(Variables variables) {
        System.setProperty(
                PROPERTY,
                variables.text("BELFRY_LOG_FORMAT", byDefault(variables)).equals("json") ? "json" : "text");
    }

    /** @throws IllegalArgumentException if it is neither {@code text} nor {@code json} */
    public static void check(Variables variables) {
        variables.choice("BELFRY_LOG_FORMAT", byDefault(variables), "text", "json");
    }

    private static String byDefault(Variables variables) {
        return variables.text("BELFRY_PROFILE", "").equals("production") ? "json" : "text";
    }
}
