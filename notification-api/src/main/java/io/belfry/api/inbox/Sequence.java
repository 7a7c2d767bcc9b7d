package io.belfry.api.inbox;

import io.belfry.events.Ids;
import io.belfry.json.InvalidFieldsException;
import java.util.regex.Pattern;

/**
 * The number of an inbox's change in a parameter.
 *
 * @param value 0..2^53 − 1; 0 = before the first
 */
record Sequence(long value) {

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,15}");

    Sequence {
        if (value < 0 || value > Ids.MAX) {
            throw invalid();
        }
    }

    /**
     * Spring finds this by its name.
     *
     * @throws InvalidFieldsException for anything but plain digits
     */
    public static Sequence valueOf(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw invalid();
        }
        return new Sequence(Long.parseLong(text));
    }

    private static InvalidFieldsException invalid() {
        return new InvalidFieldsException("", "must be a whole number from 0 to 2^53 - 1");
    }
}
