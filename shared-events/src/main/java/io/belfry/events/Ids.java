package io.belfry.events;

import io.belfry.json.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Ids of users, courses and notifications: integers that a JavaScript number holds exactly. */
public final class Ids {

    /** 2^53 − 1. */
    public static final long MAX = (1L << 53) - 1;

    private Ids() {}

    public static boolean isValid(long id) {
        return id >= 1 && id <= MAX;
    }

    /** Adds an error if the id is absent or out of range. */
    public static void require(String field, @Nullable Long id, List<FieldError> errors) {
        if (id == null) {
            errors.add(new FieldError(field, "is required"));
        } else {
            checkOptional(field, id, errors);
        }
    }

    /** Adds an error if the id is there and out of range. */
    public static void checkOptional(String field, @Nullable Long id, List<FieldError> errors) {
        if (id != null && !isValid(id)) {
            errors.add(new FieldError(field, "must be from 1 to 2^53 - 1"));
        }
    }
}
