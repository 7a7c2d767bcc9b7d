package io.belfry.api.settings;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
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

    boolean flag(String name) {
        return switch (text(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "must be true or false");
        };
    }

    /** Whether this choice was made, if need be by default. */
    boolean isChosen(String name, String choice, String other, String otherwise) {
        String value = text(name, otherwise);
        if (!value.equals(choice) && !value.equals(other)) {
            throw invalid(name, "must be " + (other.isEmpty() ? "empty" : other) + " or " + choice);
        }
        return value.equals(choice);
    }

    /** An absolute address with a host. */
    @Nullable
    URI address(String name, List<String> schemes) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            URI uri = new URI(value);
            if (uri.getHost() != null && schemes.contains(uri.getScheme())) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below
        }
        throw invalid(name, "must be an absolute " + String.join(" or ", schemes) + " address");
    }

    /** Separated by commas. */
    List<String> list(String name, String otherwise) {
        return Arrays.stream(text(name, otherwise).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    static IllegalArgumentException invalid(String name, String rule) {
        return new IllegalArgumentException(name + " " + rule);
    }
}
