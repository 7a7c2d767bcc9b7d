package io.belfry.api.inbox;

import io.belfry.api.http.CallMemory;
import io.belfry.api.inbox.InboxAnswers.Changes;
import io.belfry.api.inbox.InboxAnswers.InboxState;
import io.belfry.api.inbox.InboxAnswers.NotificationDetail;
import io.belfry.api.inbox.InboxAnswers.NotificationPage;
import io.belfry.api.inbox.InboxAnswers.NotificationView;
import io.belfry.api.inbox.InboxAnswers.UnreadCount;
import io.belfry.api.inbox.InboxEntities.Content;
import io.belfry.api.inbox.InboxRepository.Row;
import io.belfry.api.inbox.InboxRepository.State;
import io.belfry.api.paging.KeysetSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Makes the documents about an inbox, each of what one statement read. Safe for use by many threads. */
@Component
final class InboxReader {

    /** More notifications than this are not named one by one: the list is the shorter way. */
    static final int MAX_NAMED = 500;

    /** A character is up to three bytes in an answer, beside its text that was read. */
    private static final int BYTES_OF_CHARACTER = 5;

    private final InboxRepository inboxes;
    private final CallMemory memory;

    InboxReader(InboxRepository inboxes, CallMemory memory) {
        this.inboxes = inboxes;
        this.memory = memory;
    }

    /**
     * Newest first.
     *
     * @param address makes an absolute address with a cursor
     * @throws io.belfry.api.problem.ProblemException 404 if a page number is past the end
     */
    NotificationPage list(long user, InboxFilter filter, KeysetSlice slice, UnaryOperator<String> address) {
        List<Row> rows = rows(user, filter, slice);
        hold(rows);
        List<NotificationView> shown = new ArrayList<>();
        rows.forEach(row -> view(user, row).ifPresent(shown::add));
        Row head = rows.get(0);
        return new NotificationPage(slice.page(head.count(), shown, NotificationView::addedSeq, address), state(head));
    }

    private List<Row> rows(long user, InboxFilter filter, KeysetSlice slice) {
        String type = filter.wireType();
        Boolean read = filter.isRead();
        Long course = filter.course();
        if (type == null && course == null) {
            return slice.read(
                    (above, below, most, skip) -> inboxes.oldestFirst(user, read, above, below, most, skip),
                    (above, below, most, skip) -> inboxes.newestFirst(user, read, above, below, most, skip));
        }
        return slice.read(
                (above, below, most, skip) -> inboxes.oldestFirst(user, read, type, course, above, below, most, skip),
                (above, below, most, skip) -> inboxes.newestFirst(user, read, type, course, above, below, most, skip));
    }

    Optional<NotificationDetail> one(long user, long id) {
        return inboxes.one(user, id)
                .flatMap(row -> view(user, row).map(shown -> new NotificationDetail(shown, state(row))));
    }

    UnreadCount unread(long user) {
        State state = inboxes.state(user);
        return new UnreadCount(state.unread(), state.seq(), state.epoch());
    }

    /**
     * What changed since a number: exactly, or not at all.
     *
     * @param after 0 or more; the number up to which the client knows all
     * @param epoch the history that it knows; null = not told
     */
    Changes changes(long user, long after, @Nullable String epoch) {
        List<Row> rows = inboxes.changes(user, after, epoch, MAX_NAMED + 1);
        hold(rows);
        List<NotificationView> notifications = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        for (Row row : rows) {
            view(user, row).ifPresent(changed -> {
                if (row.deletedAt() == null) {
                    notifications.add(changed);
                } else {
                    deleted.add(changed.id());
                }
            });
        }
        Row head = rows.get(0);
        return new Changes(state(head), notifications, deleted, head.count() != 0);
    }

    /** @throws io.belfry.api.problem.ProblemException 503 if answers under way hold too much already */
    private void hold(List<Row> rows) {
        int characters = rows.stream()
                .map(Row::notification)
                .filter(Objects::nonNull)
                .mapToInt(content -> content.message.length() + content.data.length())
                .sum();
        memory.take(characters * BYTES_OF_CHARACTER);
    }

    private static InboxState state(Row row) {
        return new InboxState(row.seq(), row.unread(), row.epoch());
    }

    private static Optional<NotificationView> view(long user, Row row) {
        Content content = row.notification();
        Long addedSeq = row.addedSeq();
        if (content == null || addedSeq == null) {
            return Optional.empty();
        }
        return Optional.of(new NotificationView(
                content.id,
                content.senderId,
                content.senderName,
                content.sourceName,
                user,
                row.receiverName(),
                content.notificationType,
                content.title,
                content.message,
                content.data,
                row.readAt() != null,
                row.readAt(),
                content.courseId,
                content.courseTitle,
                content.test,
                content.createdAt,
                addedSeq));
    }
}
