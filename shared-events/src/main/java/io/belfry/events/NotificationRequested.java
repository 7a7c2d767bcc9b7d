package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A send. Always valid: the constructor refuses what the contract refuses, with every broken
 * field named. REST bodies are read into the same record, so both doors have one set of rules.
 *
 * @param senderId the user it comes from; null = no sender
 * @param title 0..255 code points; null becomes empty
 * @param message 1..10,000 code points of text, never markup
 * @param data null becomes empty
 * @param sourceName what people call the service that it comes from, 1..80 code points; null = it does not say
 * @param testOfCourse shown to these users as if it came to that course, and marked as a test; null = it is none
 */
public record NotificationRequested(
        Audience audience,
        @Nullable Long senderId,
        NotificationType notificationType,
        String title,
        String message,
        NotificationData data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String sourceName,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long testOfCourse) {

    public static final int MAX_SOURCE_NAME = 80;
    public static final int MAX_TITLE = 255;
    public static final int MAX_MESSAGE = 10_000;

    @SuppressWarnings("ConstantValue") // a document may leave out anything
    public NotificationRequested {
        title = title == null ? "" : title;
        data = data == null ? NotificationData.EMPTY : data;
        List<FieldError> errors = new ArrayList<>();
        if (audience == null) {
            errors.add(new FieldError("audience", "is required"));
        }
        Ids.checkOptional("sender_id", senderId, errors);
        if (notificationType == null) {
            errors.add(new FieldError("notification_type", "is required"));
        }
        Texts.checkLength("title", title, MAX_TITLE, errors);
        Texts.require("message", message, MAX_MESSAGE, errors);
        if (sourceName != null) {
            Texts.require("source_name", sourceName, MAX_SOURCE_NAME, errors);
        }
        Ids.checkOptional("test_of_course", testOfCourse, errors);
        if (testOfCourse != null && audience instanceof Audience.Course) {
            errors.add(new FieldError("test_of_course", "is for named users"));
        }
        InvalidFieldsException.throwIfAny(errors);
    }

    /** No test. */
    public NotificationRequested(
            Audience audience,
            @Nullable Long senderId,
            NotificationType notificationType,
            String title,
            String message,
            NotificationData data,
            @Nullable String sourceName) {
        this(audience, senderId, notificationType, title, message, data, sourceName, null);
    }

    /** From a service that does not say what it is called. */
    public NotificationRequested(
            Audience audience,
            @Nullable Long senderId,
            NotificationType notificationType,
            String title,
            String message,
            NotificationData data) {
        this(audience, senderId, notificationType, title, message, data, null);
    }
}
