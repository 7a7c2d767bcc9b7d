package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a notification is for: named users, or the students of a course at the moment it is handled. */
public sealed interface Audience {

    /** Most users that one event may name. */
    int MAX_USERS = 10_000;

    /** @param users distinct ids, ascending; 1..10,000 of them */
    record Users(@JsonProperty("users") List<Long> users) implements Audience {

        /** One user named twice counts once. */
        public Users {
            List<FieldError> errors = new ArrayList<>();
            if (users.isEmpty() || users.size() > MAX_USERS) {
                errors.add(new FieldError("users", "must name 1 to " + MAX_USERS + " users"));
            } else {
                for (int i = 0; i < users.size() && errors.size() < 10; i++) {
                    Ids.require("users[" + i + "]", users.get(i), errors);
                }
            }
            InvalidFieldsException.throwIfAny(errors);
            users = users.stream().sorted().distinct().toList();
        }
    }

    /** @param course the course whose students are meant */
    record Course(@JsonProperty("course") long course) implements Audience {

        public Course {
            if (!Ids.isValid(course)) {
                throw new InvalidFieldsException("course", "must be from 1 to 2^53 - 1");
            }
        }
    }

    static Audience users(List<Long> users) {
        return new Users(users);
    }

    static Audience user(long user) {
        return new Users(List.of(user));
    }

    static Audience course(long course) {
        return new Course(course);
    }

    /** Reads {@code {"users": […]}} or {@code {"course": 42}}; exactly one of them. */
    @JsonCreator
    static Audience of(
            @JsonProperty("users") @Nullable List<@Nullable Long> users,
            @JsonProperty("course") @Nullable Long course) {
        if (users == null == (course == null)) {
            throw new InvalidFieldsException("", "must be exactly one of users and course");
        }
        if (course != null) {
            return new Course(course);
        }
        @SuppressWarnings("NullAway") // Users checks every element and names the one that is null.
        Audience named = new Users(users);
        return named;
    }
}
