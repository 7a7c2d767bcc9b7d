package io.belfry.persister.settings;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Environment variables by type; a blank one is an absent one, and a wrong one is named in the error. */
final class Variables {

    private final Map<String, String> environment;

    Variables(Map<String, String> environment) {
        this.environment = environment;
    }

    @Nullable
    String text(String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value.trim();
    }

    String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    int number(String name, int otherwise, int min, int max) {
        String value = text(name);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // told below, as a number out of range is
        }
        throw invalid(name, "must be a whole number from " + min + " to " + max);
    }

    boolean flag(String name, boolean otherwise) {
        return switch (text(name, Boolean.toString(otherwise))) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "must be true or false");
        };
    }

    /** One of these, the first if absent. */
    String choice(String name, String... choices) {
        String value = text(name, choices[0]);
        if (!Arrays.asList(choices).contains(value)) {
            throw invalid(name, "must be one of " + String.join(", ", choices));
        }
        return value;
    }

    static IllegalArgumentException invalid(String name, String rule) {
        return new IllegalArgumentException(name + " " + rule);
    }
}
