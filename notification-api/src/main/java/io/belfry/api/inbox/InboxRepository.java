package io.belfry.api.inbox;

import io.belfry.api.inbox.InboxEntities.Content;
import io.belfry.api.inbox.InboxEntities.Inbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.Query;
import org.springframework.data.repository.Repository;

/**
 * What answers about an inbox show: its state beside its notifications, read by one statement, hence of one snapshot. The
 * state is there also where there is no inbox yet; a page is cut out of the thin entries before contents are joined to it.
 */
interface InboxRepository extends Repository<Inbox, Long> {

    String BOX = """
            with box as materialized (
                select h.epoch as epoch, coalesce(i.seq, 0L) as seq, coalesce(i.unread, 0L) as unread,
                       coalesce(i.total, 0L) as total, coalesce(i.floor, 0L) as floor
                  from InboxEpoch h left join Inbox i on i.userId = :user)
            """;

    /** Which entries a filter lets by; null = all. */
    String FITS = """
            e.userId = :user and e.deletedAt is null
              and (:read is null or (:read = true and e.readAt is not null) or (:read = false and e.readAt is null))
            """;

    /** Of one type, of one course, or both; null = all. */
    String SELECTS = FITS + """
              and (:type is null or e.notificationType = :type)
              and (:course is null or e.notificationId in (select c.id from Notification c where c.courseId = :course))
            """;

    /** The inbox's own row knows how many there are. */
    String COUNT = "case when :read is null then b.total when :read = true then b.total - b.unread else b.unread end";

    /** But not of a type or a course. */
    String COUNT_SELECTED = "(select count(*) from InboxEntry e where " + SELECTS + ")";

    String ROW = """
            select new io.belfry.api.inbox.InboxRepository$Row(b.epoch, b.seq, b.unread,\s""";

    String RECEIVER_AND_ENTRY = """
            , (select r.name from Person r where r.id = :user), e.addedSeq, e.readAt, e.deletedAt, n)
            """;

    String ENTRIES = """
              from box b left join (
                   select e.notificationId as id, e.addedSeq as addedSeq, e.readAt as readAt, e.deletedAt as deletedAt
                     from InboxEntry e where e.addedSeq > :above and e.addedSeq < :below and\s""";

    String WITH_CONTENTS = """
                    limit :rows offset :skip) e on true
              left join Notification n on n.id = e.id
            """;

    /**
     * The state of an inbox, and one of its notifications.
     *
     * @param count of the whole list
     * @param notification null = there is none; then so are the facts of its entry
     */
    record Row(
            String epoch,
            long seq,
            long unread,
            long count,
            @Nullable String receiverName,
            @Nullable Long addedSeq,
            @Nullable Instant readAt,
            @Nullable Instant deletedAt,
            @Nullable Content notification) {}

    /**
     * Apart from {@link #SELECTION}: with what may be null there, this looks so dear to PostgreSQL that it plans anew for
     * each call, which takes longer than the list itself.
     */
    String LIST = BOX + ROW + COUNT + RECEIVER_AND_ENTRY + ENTRIES + FITS;

    String SELECTION = BOX + ROW + COUNT_SELECTED + RECEIVER_AND_ENTRY + ENTRIES + SELECTS;

    String NEWEST_FIRST = "order by e.addedSeq desc" + WITH_CONTENTS + "order by e.addedSeq desc";

    String OLDEST_FIRST = "order by e.addedSeq asc" + WITH_CONTENTS + "order by e.addedSeq asc";

    @Query(LIST + NEWEST_FIRST)
    List<Row> newestFirst(long user, @Nullable Boolean read, long above, long below, int rows, int skip);

    @Query(LIST + OLDEST_FIRST)
    List<Row> oldestFirst(long user, @Nullable Boolean read, long above, long below, int rows, int skip);

    @Query(SELECTION + NEWEST_FIRST)
    List<Row> newestFirst(
            long user,
            @Nullable Boolean read,
            @Nullable String type,
            @Nullable Long course,
            long above,
            long below,
            int rows,
            int skip);

    @Query(SELECTION + OLDEST_FIRST)
    List<Row> oldestFirst(
            long user,
            @Nullable Boolean read,
            @Nullable String type,
            @Nullable Long course,
            long above,
            long below,
            int rows,
            int skip);

    @Query(BOX + ROW + "1L" + RECEIVER_AND_ENTRY + """
              from box b
              join InboxEntry e on e.userId = :user and e.notificationId = :id and e.deletedAt is null
              join Notification n on n.id = e.notificationId
            """)
    Optional<Row> one(long user, long id);

    /**
     * What was added since a number, by the index of the list, and what was there before and changed since, by the index of
     * changes; nothing of it if the state cannot be followed from there.
     *
     * @param tooMany so many are not named one by one
     * @return with a count that is not 0 if the client must load afresh
     */
    @Query(BOX + """
            , e as materialized (
                (select a.notificationId as id, a.addedSeq as addedSeq, a.readAt as readAt, a.deletedAt as deletedAt
                   from InboxEntry a where a.userId = :user and a.addedSeq > :after
                  order by a.addedSeq limit :tooMany)
                union all
                (select c.notificationId as id, c.addedSeq as addedSeq, c.readAt as readAt, c.deletedAt as deletedAt
                   from InboxEntry c
                  where c.userId = :user and c.changedSeq > :after and c.changedSeq > c.addedSeq and c.addedSeq <= :after
                  order by c.changedSeq limit :tooMany)),
            head as materialized (
                select b.epoch as epoch, b.seq as seq, b.unread as unread,
                       case when :after > b.seq or :after < b.floor or :epoch <> b.epoch
                              or (select count(*) from e) >= :tooMany then 1L else 0L end as reset
                  from box b)
            """ + "select new io.belfry.api.inbox.InboxRepository$Row(b.epoch, b.seq, b.unread, b.reset"
            + RECEIVER_AND_ENTRY + """
              from head b left join e e on b.reset = 0L left join Notification n on n.id = e.id
             order by e.addedSeq desc
            """)
    List<Row> changes(long user, long after, @Nullable String epoch, int tooMany);

    /** One row, by its primary key. */
    @Query("""
            select new io.belfry.api.inbox.InboxRepository$State(h.epoch, coalesce(i.seq, 0L), coalesce(i.unread, 0L))
              from InboxEpoch h left join Inbox i on i.userId = :user
            """)
    State state(long user);

    record State(String epoch, long seq, long unread) {}
}
