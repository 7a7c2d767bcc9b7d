package io.belfry.api.sending;

import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import org.jspecify.annotations.Nullable;

/** What an instructor writes to a course. Its rules are those of the event that it becomes. */
record CourseMessage(
        @Nullable NotificationType notificationType,
        @Nullable String title,
        @Nullable String message,
        @Nullable NotificationData data) {

    /** @throws io.belfry.json.InvalidFieldsException naming every broken field */
    @SuppressWarnings("NullAway") // the event refuses or replaces what is absent
    NotificationRequested toEvent(long course, @Nullable Long sender) {
        return new NotificationRequested(
                Audience.course(course),
                sender,
                notificationType == null ? NotificationType.COURSE_UPDATE : notificationType,
                title,
                message,
                data);
    }
}
