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
        Single done = sql.sql("SELECT * FROM inbox_set_read(:user, :id, :read)")
                .param("user", user)
                .param("id", id)
                .param("read", read)
                .query(Single.class)
                .single();
        return announced(done, user, id, read ? Change.READ : Change.UNREAD);
    }

    /** @return false if the notification is not in this inbox, any more */
    boolean delete(long user, long id) {
        Single done = sql.sql("SELECT * FROM inbox_delete(:user, :id)")
                .param("user", user)
                .param("id", id)
                .query(Single.class)
                .single();
        return announced(done, user, id, Change.DELETED);
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

    private boolean announced(Single done, long user, long id, Change change) {
        if (done.changed()) {
            announcer.announce(InboxChanged.ofIds(done.epoch(), user, done.seq(), done.unread(), change, List.of(id)));
        }
        return done.found();
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
