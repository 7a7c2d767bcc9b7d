package io.belfry.api.inbox;

import io.belfry.api.inbox.InboxAnswers.AllRead;
import io.belfry.api.inbox.InboxAnswers.InboxState;
import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Changes of an inbox. Each is one SQL function and commits by itself; then, and only if something changed, the change is
 * announced. Idempotent. Safe for use by many threads.
 */
@Component
final class InboxWriter {

    private final JdbcClient sql;
    private final ChangeAnnouncer announcer;

    InboxWriter(JdbcClient sql, ChangeAnnouncer announcer) {
        this.sql = sql;
        this.announcer = announcer;
    }

    /** @return false if the notification is not in this inbox */
    boolean setRead(long user, long id, boolean read) {
        return changed("inbox_set_read(?, ?, ?)", read ? Change.READ : Change.UNREAD, user, id, read);
    }

    /** @return false if the notification is not in this inbox, any more */
    boolean delete(long user, long id) {
        return changed("inbox_delete(?, ?)", Change.DELETED, user, id);
    }

    private boolean changed(String function, Change change, long user, long id, Object... more) {
        Single done = sql.sql("SELECT * FROM " + function)
                .param(user)
                .param(id)
                .params(more)
                .query(Single.class)
                .single();
        if (done.changed()) {
            announcer.announce(InboxChanged.ofIds(done.epoch(), user, done.seq(), done.unread(), change, List.of(id)));
        }
        return done.found();
    }

    /**
     * @param upTo it and what entered before it; null = all there is
     * @return empty if {@code upTo} was never in this inbox
     */
    Optional<AllRead> markAllRead(long user, @Nullable Long upTo) {
        Several done = sql.sql("SELECT * FROM inbox_mark_all_read(:user, CAST(:up_to AS bigint))")
                .param("user", user)
                .param("up_to", upTo)
                .query(Several.class)
                .single();
        if (!done.found()) {
            return Optional.empty();
        }
        if (done.updated() > 0 && done.upTo() != null && done.upToSeq() != null) {
            announcer.announce(
                    InboxChanged.allRead(done.epoch(), user, done.seq(), done.unread(), done.upTo(), done.upToSeq()));
        }
        return Optional.of(new AllRead(done.updated(), new InboxState(done.seq(), done.unread(), done.epoch())));
    }

    /** What the functions answer, by the names of their columns. */
    private record Single(boolean found, boolean changed, long seq, long unread, String epoch) {}

    private record Several(
            boolean found,
            int updated,
            long seq,
            long unread,
            String epoch,
            @Nullable Long upTo,
            @Nullable Long upToSeq) {}
}
