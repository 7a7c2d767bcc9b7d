package io.belfry.api.sending;

import io.belfry.json.InvalidFieldsException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Set;
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

    /**
     * Of the header: as it is, or as a structured-field string (RFC 9651), whose quotes do not belong to it; null if there
     * is none.
     */
    static @Nullable IdempotencyKey of(HttpServletRequest request) {
        Set<String> sent = Set.copyOf(Collections.list(request.getHeaders(HEADER)));
        if (sent.size() > 1) {
            throw new InvalidFieldsException(HEADER, "must be given once");
        }
        return sent.isEmpty() ? null : parse(sent.iterator().next().trim());
    }

    static IdempotencyKey parse(String text) {
        boolean quoted = text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"");
        return new IdempotencyKey(quoted ? text.substring(1, text.length() - 1) : text);
    }
}
