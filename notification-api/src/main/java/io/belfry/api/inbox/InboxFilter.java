package io.belfry.api.inbox;

import io.belfry.api.http.QueryFlag;
import io.belfry.api.http.ResourceId;
import io.belfry.events.NotificationType;
import io.belfry.json.InvalidFieldsException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which notifications of an inbox are meant; null = any. */
record InboxFilter(
        @Nullable Boolean isRead,
        @Nullable NotificationType type,
        @Nullable Long course) {

    /**
     * Of raw parameters, because Spring takes {@code yes} for true and any case for a type; an empty one counts as absent.
     *
     * @throws InvalidFieldsException naming the parameter
     */
    static InboxFilter parse(@Nullable String isRead, @Nullable String type, @Nullable String course) {
        return new InboxFilter(
                QueryFlag.parse("is_read", isRead == null ? "" : isRead),
                type(type == null ? "" : type),
                course(course == null ? "" : course));
    }

    private static @Nullable NotificationType type(String text) {
        try {
            return text.isEmpty() ? null : NotificationType.of(text);
        } catch (InvalidFieldsException e) {
            throw new InvalidFieldsException("notification_type", "is not a notification type");
        }
    }

    private static @Nullable Long course(String text) {
        return text.isEmpty() ? null : ResourceId.number("course", text, 1);
    }

    @Nullable
    String wireType() {
        return type == null ? null : type.wireName();
    }

    /** As query parameters. */
    Map<String, Object> query() {
        Map<String, Object> query = new HashMap<>();
        if (isRead != null) {
            query.put("is_read", isRead);
        }
        if (type != null) {
            query.put("notification_type", type.wireName());
        }
        if (course != null) {
            query.put("course", course);
        }
        return query;
    }
}
