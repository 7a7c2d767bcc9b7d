package io.belfry.events.platform;

import io.belfry.events.Ids;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.WireName;
import java.util.ArrayList;
import java.util.List;

/** A user's place in a course, as the platform last told. */
public record CourseMember(Long course, Long user, Role role) {

    /** What a member is in a course. */
    public enum Role implements WireName {
        STUDENT,
        INSTRUCTOR
    }

    public CourseMember {
        List<FieldError> errors = new ArrayList<>();
        Ids.require("course", course, errors);
        Ids.require("user", user, errors);
        if (role == null) {
            errors.add(new FieldError("role", "is required"));
        }
        InvalidFieldsException.throwIfAny(errors);
    }

    /** The key of its record. */
    public String key() {
        return course + ":" + user;
    }
}
