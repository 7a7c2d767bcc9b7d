package io.belfry.api.templates;

import com.fasterxml.jackson.annotation.JsonRawValue;
import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import io.belfry.events.Texts;
import io.belfry.json.FieldError;
import io.belfry.json.InvalidFieldsException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A template as its owner sees it.
 *
 * @param data JSON text of an object, as it was given
 * @param updatedAt when it was made or last changed, as at every door
 */
record Template(
        long id,
        String name,
        String notificationType,
        String title,
        String message,
        @JsonRawValue String data,
        String updatedAt) {

    /**
     * What a template says. Always valid: its rules are those of a send, and of its name.
     *
     * @param name 1..80 code points, none of them white space at either end
     */
    record Content(
            String name, NotificationType notificationType, String title, String message, NotificationData data) {

        private static final int MAX_NAME = 80;

        Content {
            List<FieldError> errors = new ArrayList<>();
            Texts.require("name", name, MAX_NAME, errors);
            try {
                // To any course: whom it will be for is not known yet.
                var sent = new NotificationRequested(Audience.course(1), null, notificationType, title, message, data);
                title = sent.title();
                data = sent.data();
            } catch (InvalidFieldsException e) {
                errors.addAll(e.errors());
            }
            InvalidFieldsException.throwIfAny(errors);
            data.checkLabel();
        }
    }

    /** What its owner writes: a new one, or what changes of one; null = absent. */
    record Body(
            @Nullable String name,
            @Nullable NotificationType notificationType,
            @Nullable String title,
            @Nullable String message,
            @Nullable NotificationData data) {

        /** @throws InvalidFieldsException naming every broken field */
        @SuppressWarnings("NullAway") // the content refuses or replaces what is absent
        Content asNew() {
            return new Content(
                    name == null ? null : name.strip(),
                    notificationType == null ? NotificationType.COURSE_UPDATE : notificationType,
                    title,
                    message,
                    data);
        }

        /** @throws InvalidFieldsException naming every broken field */
        Content over(Template kept) {
            return new Content(
                    name == null ? kept.name : name.strip(),
                    notificationType == null ? NotificationType.of(kept.notificationType) : notificationType,
                    Objects.requireNonNullElse(title, kept.title),
                    Objects.requireNonNullElse(message, kept.message),
                    data == null ? NotificationData.parse(kept.data) : data);
        }
    }
}
