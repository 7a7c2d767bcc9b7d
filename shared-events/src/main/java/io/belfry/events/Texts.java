package io.belfry.events;

import io.belfry.json.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lengths count Unicode code points, as people and PostgreSQL's {@code char_length} do. */
public final class Texts {

    private Texts() {}

    public static void require(String field, @Nullable String text, int max, List<FieldError> errors) {
        if (text == null) {
            errors.add(new FieldError(field, "is required"));
        } else if (text.isEmpty()) {
            errors.add(new FieldError(field, "must not be empty"));
        } else {
            checkLength(field, text, max, errors);
        }
    }

    public static void checkLength(String field, String text, int max, List<FieldError> errors) {
        // A text has at most as many code points as chars, so most are never counted.
        if (text.length() > max && text.codePointCount(0, text.length()) > max) {
            errors.add(new FieldError(field, "must have at most " + max + " characters"));
        }
    }
}
