package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.belfry.json.InvalidFieldsException;

/** What a notification is about. */
public enum NotificationType {
    COURSE_ENROLLMENT("course_enrollment", "Course Enrollment"),
    SESSION_START("session_start", "Live Session Start"),
    EXAM_RESULT("exam_result", "Exam Result"),
    MESSAGE("message", "Message"),
    ANNOUNCEMENT("announcement", "Announcement"),
    COURSE_UPDATE("course_update", "Course Update");

    private final String wireName;
    private final String label;

    NotificationType(String wireName, String label) {
        this.wireName = wireName;
        this.label = label;
    }

    /** The name in events, REST, frames and the database. */
    @JsonValue
    public String wireName() {
        return wireName;
    }

    /** What people read. */
    public String label() {
        return label;
    }

    /** @throws InvalidFieldsException for any other name; case counts */
    @JsonCreator
    public static NotificationType of(String wireName) {
        for (NotificationType type : values()) {
            if (type.wireName.equals(wireName)) {
                return type;
            }
        }
        throw new InvalidFieldsException("", "is not a notification type");
    }
}
