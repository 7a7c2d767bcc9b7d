package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.belfry.events.names.UserPartition;
import io.belfry.json.InvalidFieldsException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.annotation.JsonDeserialize;

/**
 * A notification is in the inboxes of these users: the content once, recipients in batches. Emitted again on
 * redelivery with the same numbers.
 *
 * @param epoch the history that the numbers belong to
 * @param recipients 1..500, all of one partition (see {@link UserPartition})
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record NotificationStored(String epoch, Content notification, List<Recipient> recipients) {

    /** Most recipients of one event. */
    public static final int MAX_RECIPIENTS = 500;

    public NotificationStored {
        if (recipients == null || recipients.isEmpty() || recipients.size() > MAX_RECIPIENTS) {
            throw new InvalidFieldsException("recipients", "must be 1 to " + MAX_RECIPIENTS);
        }
        if (epoch == null || notification == null) {
            throw new InvalidFieldsException("", "must have an epoch and a notification");
        }
        recipients = List.copyOf(recipients);
    }

    /**
     * What every recipient sees.
     *
     * @param sender null = none
     * @param senderName null = none, or not in the directory when it was stored
     * @param sourceName what people call the service that it comes from; null = it did not say
     * @param course the course it was sent to, or null
     * @param courseTitle null = no course, or not in the directory when it was stored
     * @param test its sender tries it out on themselves before the course gets it
     * @param createdAt when the persister stored it
     */
    public record Content(
            long id,
            @Nullable Long sender,
            @Nullable String senderName,
            @Nullable String sourceName,
            NotificationType notificationType,
            String title,
            String message,
            NotificationData data,
            @Nullable Long course,
            @Nullable String courseTitle,
            Boolean test,
            Instant createdAt) {

        @SuppressWarnings("ConstantValue") // an earlier release does not say it
        public Content {
            test = test != null && test;
        }
    }

    /**
     * @param seq the number of this change in the user's inbox
     * @param unread the user's absolute count after it
     */
    @JsonDeserialize(using = RecipientReader.class)
    public record Recipient(long user, long seq, long unread) {}
}
