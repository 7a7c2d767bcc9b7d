package io.belfry.api.http;

import io.belfry.events.Ids;
import io.belfry.json.InvalidFieldsException;
import java.util.regex.Pattern;

/**
 * The id in an address or a parameter.
 *
 * @param value 1..2^53 − 1
 */
public record ResourceId(long value) {

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,15}");

    /** @throws InvalidFieldsException as {@link #number} */
    static ResourceId parse(String text) {
        return new ResourceId(number("", text, 1));
    }

    /**
     * A number in an address or a parameter.
     *
     * @param least up to 2^53 − 1
     * @throws InvalidFieldsException for anything but plain digits: no sign, no leading zero, no other number system
     */
    public static long number(String name, String text, long least) {
        long number = DECIMAL.matcher(text).matches() ? Long.parseLong(text) : -1;
        if (number < least || number > Ids.MAX) {
            throw new InvalidFieldsException(name, "must be a whole number from " + least + " to 2^53 - 1");
        }
        return number;
    }
}
