package io.belfry.api.http;

import io.belfry.json.InvalidFieldsException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A parameter that is true, false or not given. Spring would take {@code yes} for true. */
public final class QueryFlag {

    private QueryFlag() {}

    /**
     * @param text empty = not given
     * @return null = not given
     * @throws InvalidFieldsException naming the parameter
     */
    public static @Nullable Boolean parse(String name, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "true" -> true;
            case "false" -> false;
            default -> throw new InvalidFieldsException(name, "must be true or false");
        };
    }
}
