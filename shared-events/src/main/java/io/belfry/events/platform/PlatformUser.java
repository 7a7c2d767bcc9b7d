package io.belfry.events.platform;

import io.belfry.events.Ids;
import io.belfry.events.Texts;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;

/**
 * A person of the platform, as the platform last told.
 *
 * @param name 1..1,000 code points
 */
public record PlatformUser(Long id, String name) {

    static final int MAX_NAME = 1_000;

    public PlatformUser {
        List<FieldError> errors = new ArrayList<>();
        Ids.require("id", id, errors);
        Texts.require("name", name, MAX_NAME, errors);
        InvalidFieldsException.throwIfAny(errors);
    }

    /** The key of its record. */
    public String key() {
        return Long.toString(id);
    }
}
