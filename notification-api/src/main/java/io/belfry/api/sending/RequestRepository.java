package io.belfry.api.sending;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/** Requests as they are shown: a pending one is not known to be accepted, so it is not shown. */
interface RequestRepository extends Repository<RequestRepository.StoredRequest, String> {

    /** Written by {@link RequestLedger} and the persister. */
    @Entity(name = "StoredRequest")
    @Table(name = "notification_request")
    @Immutable
    @SuppressWarnings({"NullAway.Init", "unused"}) // Hibernate fills it
    class StoredRequest {

        @Id
        String id;

        long number;
        String caller;

        @Nullable
        Long courseId;

        int recipients;
        String status;
        boolean test;

        @Nullable
        Long notificationId;

        @Nullable
        String errorCode;

        @Nullable
        String errorDetail;

        Instant createdAt;

        @Nullable
        Instant storedAt;

        // Sub-selects, not joins: they look at the rows of the page alone, however long the list and whatever the plan.
        @Formula("(SELECT n.notification_type FROM notification n WHERE n.id = notification_id)")
        @Nullable
        String notificationType;

        @Formula("(SELECT n.title FROM notification n WHERE n.id = notification_id)")
        @Nullable
        String title;

        @Formula("(SELECT left(n.message, 200) FROM notification n WHERE n.id = notification_id)")
        @Nullable
        String excerpt;

        @Formula(
                "(SELECT count(*) FROM inbox_entry e WHERE e.notification_id = notification_id AND e.read_at IS NOT NULL)")
        int read;
    }

    /**
     * @param count of the whole list
     * @param request null = the page is empty
     */
    record ListedRequest(long count, @Nullable StoredRequest request) {}

    /** What was sent, as its receivers see it. */
    record SentContent(
            String message, String data, @Nullable String senderName) {}

    /**
     * @param count of the whole list; 0 where it was not asked for
     * @param user null = the page is empty
     * @param name by the directory; null = not known there
     */
    record Recipient(
            long count,
            @Nullable Long user,
            @Nullable String name,
            @Nullable Instant readAt) {}

    /** Deleted ones too: they were received, and maybe read before. */
    String RECEIVED = "e.notificationId = :notification and (:read is null or (:read = true and e.readAt is not null)"
            + " or (:read = false and e.readAt is null))";

    String RECIPIENTS =
            "select new io.belfry.api.sending.RequestRepository$Recipient(head.count, e.user, p.name, e.readAt)"
                    + " from (select count(*) as count from InboxEntry e where " + RECEIVED + ") head"
                    + " left join (select e.userId as user, e.readAt as readAt from InboxEntry e where e.userId > :above"
                    + " and e.userId < :below and " + RECEIVED;

    String NAMED = " limit :rows offset :skip) e on true left join Person p on p.id = e.user ";

    /** Tests are their sender's alone, one by one. */
    String FITS = "(:caller is null or r.caller = :caller) and r.status <> 'pending' and r.test = false"
            + " and (:course is null or r.courseId = :course)";

    String PAGE = "select new io.belfry.api.sending.RequestRepository$ListedRequest(head.count, r)"
            + " from (select count(*) as count from StoredRequest r where " + FITS + ") head"
            + " left join (select r.id as id from StoredRequest r where r.number > :above and r.number < :below and "
            + FITS;

    String SHOWN = " limit :rows offset :skip) page on true left join StoredRequest r on r.id = page.id ";

    @Query("select r from StoredRequest r where r.id = :id and r.status <> 'pending'")
    Optional<StoredRequest> one(String id);

    @Query("select new io.belfry.api.sending.RequestRepository$SentContent(n.message, n.data, n.senderName)"
            + " from Notification n where n.id = :notification")
    Optional<SentContent> content(long notification);

    /** One row also for an empty page. */
    @Query(RECIPIENTS + " order by e.userId" + NAMED + "order by e.user")
    List<Recipient> recipients(long notification, @Nullable Boolean read, long above, long below, int rows, int skip);

    /** The next ones by ascending user id, without their count. */
    @Query("select new io.belfry.api.sending.RequestRepository$Recipient(0L, e.userId, p.name, e.readAt)"
            + " from InboxEntry e left join Person p on p.id = e.userId"
            + " where e.notificationId = :notification and e.userId > :above order by e.userId limit :rows")
    List<Recipient> recipientsAbove(long notification, long above, int rows);

    @Query(RECIPIENTS + " order by e.userId desc" + NAMED + "order by e.user desc")
    List<Recipient> recipientsBack(
            long notification, @Nullable Boolean read, long above, long below, int rows, int skip);

    /**
     * One row also for an empty page.
     *
     * @param caller null = of anyone; then a course must be given
     */
    @Query(PAGE + " order by r.number desc" + SHOWN + "order by r.number desc")
    List<ListedRequest> newestFirst(
            @Nullable String caller, @Nullable Long course, long above, long below, int rows, int skip);

    @Query(PAGE + " order by r.number" + SHOWN + "order by r.number")
    List<ListedRequest> oldestFirst(
            @Nullable String caller, @Nullable Long course, long above, long below, int rows, int skip);
}
