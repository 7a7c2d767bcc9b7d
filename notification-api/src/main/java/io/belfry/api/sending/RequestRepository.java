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

    String FITS =
            "(:caller is null or r.caller = :caller) and r.status <> 'pending' and (:course is null or r.courseId = :course)";

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
