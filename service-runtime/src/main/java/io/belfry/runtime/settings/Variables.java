package io.belfry.runtime.settings;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Environment variables by type. A blank variable is an absent one, and space around a value does not count. What is not set
 * itself may be the content of a file, which its name with {@code _FILE} behind it names, as orchestrators hand out secrets. For a wrong
 * value every method throws an {@link IllegalArgumentException} that begins with the variable's name and does not show
 * the value, which may be a secret. Immutable.
 */
public final class Variables {

    private final Map<String, String> environment;

    /** @param environment usually {@link System#getenv()} */
    public Variables(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
    }

    /** Null = absent. */
    public @Nullable String text(String name) {
        String value = verbatim(name);
        return value == null ? null : value.trim();
    }

    public String text(String name, String otherwise) {
        String value = text(name);
        return value == null ? otherwise : value;
    }

    /** With the space around it, for what others take as it stands too: secrets and keys. Null = absent. */
    public @Nullable String verbatim(String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            value = content(name + "_FILE");
        }
        return value == null || value.isBlank() ? null : value;
    }

    /** Without the line's end that editors put there. */
    private @Nullable String content(String name) {
        String file = environment.get(name);
        if (file == null || file.isBlank()) {
            return null;
        }
        try {
            return Files.readString(Path.of(file.trim())).stripTrailing();
        } catch (IOException | InvalidPathException e) {
            throw invalid(name, "must be the path of a text file that can be read");
        }
    }

    /** The path of a file that can be read; null = absent. */
    public @Nullable Path file(String name) {
        String value = text(name);
        if (value == null) {
            return null;
        }
        try {
            if (Files.isReadable(Path.of(value))) {
                return Path.of(value);
            }
        } catch (InvalidPathException e) {
            // told below
        }
        throw invalid(name, "must be the path of a file that can be read");
    }

    /** A whole number from min to max; {@code otherwise} may lie outside. */
    public int number(String name, int otherwise, int min, int max) {
        return number(name, "a whole number", otherwise, min, max);
    }

    /** A time in whole seconds from min to max. */
    public Duration seconds(String name, int otherwise, int min, int max) {
        return Duration.ofSeconds(number(name, "a whole number of seconds", otherwise, min, max));
    }

    private int number(String name, String what, int otherwise, int min, int max) {
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
        throw invalid(name, "must be " + what + " from " + min + " to " + max);
    }

    /** {@code true} or {@code false}, in small letters. */
    public boolean flag(String name, boolean otherwise) {
        return choice(name, Boolean.toString(otherwise), "true", "false").equals("true");
    }

    /**
     * One of a few words.
     *
     * @param otherwise allowed as well; may be empty
     * @param choices may name {@code otherwise} again
     */
    public String choice(String name, String otherwise, String... choices) {
        String value = text(name, otherwise);
        Set<String> allowed = new LinkedHashSet<>(Arrays.asList(choices));
        allowed.add(otherwise);
        if (!allowed.contains(value)) {
            throw invalid(
                    name,
                    "must be "
                            + allowed.stream()
                                    .map(word -> word.isEmpty() ? "empty" : word)
                                    .collect(Collectors.joining(" or ")));
        }
        return value;
    }

    /** An absolute address with a host and one of these schemes; null = absent. */
    public @Nullable URI address(String name, List<String> schemes) {
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

    /** Separated by commas; space around an item does not count, empty ones are left out. */
    public List<String> list(String name, String otherwise) {
        return Arrays.stream(text(name, otherwise).split(","))
                .map(String::trim)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** @param parse throws an {@link IllegalArgumentException} for what it cannot read; its message follows the name */
    public <T> T parsed(String name, String otherwise, Function<String, T> parse) {
        try {
            return parse.apply(text(name, otherwise));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(name + ": " + e.getMessage(), e);
        }
    }

    /** What is thrown for a wrong value, for rules that only the caller knows. */
    public static IllegalArgumentException invalid(String name, String rule) {
        return new IllegalArgumentException(name + " " + rule);
    }
}
