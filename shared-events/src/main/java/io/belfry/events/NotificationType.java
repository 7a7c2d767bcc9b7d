package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.WireName;

/** What a notification is about. */
public enum NotificationType implements WireName {
    COURSE_ENROLLMENT,
    SESSION_START,
    EXAM_RESULT,
    MESSAGE,
    ANNOUNCEMENT,
    COURSE_UPDATE;

    /** @throws InvalidFieldsException for any other name; case counts */
    @JsonCreator
    public static NotificationType of(String wireName) {
        for (NotificationType type : values()) {
            if (type.wireName().equals(wireName)) {
                return type;
            }
        }
        throw new InvalidFieldsException("", "is not a notification type");
    }
}
