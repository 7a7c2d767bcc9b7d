package io.belfry.events.platform;

import io.belfry.events.Ids;
import io.belfry.events.Texts;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;

/**
 * A course of the platform, as the platform last told.
 *
 * @param title 1..1,000 code points
 */
public record PlatformCourse(Long id, String title) {

    public PlatformCourse {
        List<FieldError> errors = new ArrayList<>();
        Ids.require("id", id, errors);
        Texts.require("title", title, PlatformUser.MAX_NAME, errors);
        InvalidFieldsException.throwIfAny(errors);
    }

    /** The key of its record. */
    public String key() {
        return Long.toString(id);
    }
}
