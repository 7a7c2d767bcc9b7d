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

/** Requests as their senders see them: a pending one is not known to be accepted, so it is not shown. */
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

        @Formula(
                "(SELECT count(*) FROM inbox_entry e WHERE e.notification_id = notification_id AND e.read_at IS NOT NULL)")
        int read;
    }

    /**
     * @param count of the whole list
     * @param request null = the page is empty
     */
    record ListedRequest(long count, @Nullable StoredRequest request) {}

    String FITS = "r.caller = :caller and r.status <> 'pending' and (:course is null or r.courseId = :course)";

    String PAGE = "select new io.belfry.api.sending.RequestRepository$ListedRequest(head.count, r)"
            + " from (select count(*) as count from StoredRequest r where " + FITS + ") head"
            + " left join (select r.id as id from StoredRequest r where r.number > :above and r.number < :below and "
            + FITS;

    String SHOWN = " limit :rows offset :skip) page on true left join StoredRequest r on r.id = page.id ";

    @Query("select r from StoredRequest r where r.id = :id and r.caller = :caller and r.status <> 'pending'")
    Optional<StoredRequest> one(String id, String caller);

    /** One row also for an empty page. */
    @Query(PAGE + " order by r.number desc" + SHOWN + "order by r.number desc")
    List<ListedRequest> newestFirst(String caller, @Nullable Long course, long above, long below, int rows, int skip);

    @Query(PAGE + " order by r.number" + SHOWN + "order by r.number")
    List<ListedRequest> oldestFirst(String caller, @Nullable Long course, long above, long below, int rows, int skip);
}
