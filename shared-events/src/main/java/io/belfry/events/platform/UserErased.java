package io.belfry.events.platform;

import io.belfry.events.Ids;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;

/** Belfry keeps nothing of this person any more but what they sent. */
public record UserErased(Long user) {

    public UserErased {
        List<FieldError> errors = new ArrayList<>();
        Ids.require("user", user, errors);
        InvalidFieldsException.throwIfAny(errors);
    }
}
