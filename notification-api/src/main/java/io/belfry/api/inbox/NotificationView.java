package io.belfry.api.inbox;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A notification as its receiver sees it.
 *
 * @param sender null = none
 * @param senderName by the directory; null = none, or not known there
 * @param data JSON text of an object, as it was sent
 * @param course null = not sent to a course
 * @param addedSeq the number of the change that put it into the inbox; the order of the list
 */
record NotificationView(
        long id,
        @Nullable Long sender,
        @Nullable String senderName,
        long receiver,
        @Nullable String receiverName,
        String notificationType,
        String title,
        String message,
        @JsonRawValue String data,
        boolean isRead,
        @Nullable Instant readAt,
        @Nullable Long course,
        Instant createdAt,
        long addedSeq) {}
