package io.belfry.gateway;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads variables of the environment; a blank one is an absent one, a wrong one is told by its name. */
record Settings(Map<String, String> environment) {

    String text(String name, String otherwise) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? otherwise : value.trim();
    }

    List<String> list(String name, String otherwise) {
        return Arrays.stream(text(name, otherwise).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    boolean isProduction() {
        return text("BELFRY_PROFILE", "").equals("production");
    }

    /** Whether the log is for machines; anything but {@code json} and {@code text} is refused by GatewayConfig. */
    boolean isLogJson() {
        return text("BELFRY_LOG_FORMAT", isProduction() ? "json" : "text").equals("json");
    }

    boolean flag(String name) {
        String value = text(name, "false");
        if (!value.equals("true") && !value.equals("false")) {
            throw new IllegalArgumentException(name + " must be true or false");
        }
        return value.equals("true");
    }

    int integer(String name, int otherwise, int min, int max) {
        String value = text(name, Integer.toString(otherwise));
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        throw new IllegalArgumentException(name + " must be a whole number from " + min + " to " + max);
    }

    Duration seconds(String name, int otherwise, int min, int max) {
        return Duration.ofSeconds(integer(name, otherwise, min, max));
    }

    /** @param parse throws {@link IllegalArgumentException} for what it cannot read */
    <T> T parsed(String name, String otherwise, Function<String, T> parse) {
        try {
            return parse.apply(text(name, otherwise));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }
}
