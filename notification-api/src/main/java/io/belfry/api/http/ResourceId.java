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

    private static final Pattern DECIMAL = Pattern.compile("[1-9][0-9]{0,15}");

    public ResourceId {
        if (!Ids.isValid(value)) {
            throw invalid();
        }
    }

    /** @throws InvalidFieldsException for anything but plain digits: no sign, no leading zero, no other number system */
    public static ResourceId parse(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw invalid();
        }
        return new ResourceId(Long.parseLong(text));
    }

    private static InvalidFieldsException invalid() {
        return new InvalidFieldsException("", "must be a whole number from 1 to 2^53 - 1");
    }
}
