package io.belfry.api.inbox;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import java.io.Serializable;
import java.time.Instant;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/**
 * The tables of inboxes as queries name them. Immutable: rows change by the SQL functions alone. They have no associations,
 * so that nothing is ever loaded beside the one statement of an answer.
 */
@SuppressWarnings({"NullAway.Init", "unused"}) // Hibernate fills them
final class InboxEntities {

    private InboxEntities() {}

    /** The one row that names the history. */
    @Entity(name = "InboxEpoch")
    @Immutable
    static class InboxEpoch {

        @Id
        private boolean onlyRow;

        @Formula("current_epoch()")
        private String epoch;
    }

    @Entity(name = "Inbox")
    @Immutable
    static class Inbox {

        @Id
        private long userId;

        private long seq;
        private long unread;
        private long total;
        private long floor;
    }

    @Entity(name = "InboxEntry")
    @Immutable
    @IdClass(InboxEntry.Key.class)
    static class InboxEntry {

        record Key(long notificationId, long userId) implements Serializable {}

        @Id
        private long notificationId;

        @Id
        private long userId;

        private long addedSeq;
        private long changedSeq;
        private @Nullable Instant readAt;
        private @Nullable Instant deletedAt;
        private String notificationType;
    }

    /** What was sent, without whom it was sent to. */
    @Entity(name = "Notification")
    @Immutable
    static class Content {

        @Id
        long id;

        @Nullable
        Long senderId;

        @Formula("coalesce((SELECT s.name FROM platform_user s WHERE s.id = sender_id),"
                + " (SELECT 'Former user' FROM erased_user f WHERE f.user_id = sender_id))")
        @Nullable
        String senderName;

        @Nullable
        String sourceName;

        String notificationType;
        String title;
        String message;

        @Column(columnDefinition = "json")
        String data;

        @Nullable
        Long courseId;

        @Formula("(SELECT c.title FROM course c WHERE c.id = course_id)")
        @Nullable
        String courseTitle;

        boolean test;

        Instant createdAt;
    }
}
