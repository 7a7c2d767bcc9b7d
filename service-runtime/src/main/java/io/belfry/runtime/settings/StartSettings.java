package io.belfry.runtime.settings;

import io.belfry.runtime.logging.LogFormat;
import java.util.Map;
import java.util.function.Function;

/** Reads a service's settings at its start, before there is a log. */
public final class StartSettings {

    /** The exit code of a process that was started with a wrong setting: starting it again changes nothing. */
    public static final int WRONG_SETTING = 2;

    private StartSettings() {}

    /**
     * The settings in this process' environment. If one is wrong, says so in one line on the standard error and ends
     * the process with {@value #WRONG_SETTING}. Chooses the log's format first.
     *
     * @param service begins the line
     * @param parse throws an {@link IllegalArgumentException} that begins with the variable's name
     */
    public static <S> S readOrExit(String service, Function<Map<String, String>, S> parse) {
        Map<String, String> environment = System.getenv();
        LogFormat.choose(new Variables(environment));
        try {
            return parse.apply(environment);
        } catch (IllegalArgumentException e) {
            System.err.println(service + ": " + e.getMessage());
            // Not System.exit: there is nothing to shut down, and no hook must hold up the answer.
            Runtime.getRuntime().halt(WRONG_SETTING);
            throw e;
        }
    }
}
