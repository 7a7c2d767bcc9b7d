package io.belfry.api.sending;

import io.belfry.json.InvalidFieldsException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What makes a retry the same send, within its caller.
 *
 * @param value 1..255 visible ASCII characters
 */
record IdempotencyKey(String value) {

    static final String HEADER = "Idempotency-Key";

    private static final Pattern VISIBLE_ASCII = Pattern.compile("[!-~]{1,255}");

    IdempotencyKey {
        if (!VISIBLE_ASCII.matcher(value).matches()) {
            throw new InvalidFieldsException(HEADER, "must be 1 to 255 visible ASCII characters");
        }
    }

    /** Of the header: as it is, or as a structured-field string (RFC 9651), whose quotes do not belong to it. */
    static @Nullable IdempotencyKey of(@Nullable String header) {
        if (header == null) {
            return null;
        }
        String text = header.trim();
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return new IdempotencyKey(quoted ? text.substring(1, text.length() - 1) : text);
    }
}
