package io.belfry.api.inbox;

import io.belfry.api.database.Columns;
import io.belfry.api.events.ChangeAnnouncer;
import io.belfry.api.inbox.InboxAnswers.AllRead;
import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Changes of an inbox. Each is one SQL function and commits by itself; then, and only if something changed, the change is
 * announced. Idempotent. Safe for use by many threads.
 */
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
                .query(InboxWriter::single)
                .single();
        return announced(done, user, id, read ? Change.READ : Change.UNREAD);
    }

    /** @return false if the notification is not in this inbox, any more */
    boolean delete(long user, long id) {
        Single done = sql.sql("SELECT * FROM inbox_delete(:user, :id)")
                .param("user", user)
                .param("id", id)
                .query(InboxWriter::single)
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
                .query(InboxWriter::several)
                .single();
        if (!done.found()) {
            return Optional.empty();
        }
        InboxState state = done.state();
        if (done.updated() > 0 && done.upTo() != null && done.upToSeq() != null) {
            announcer.announce(InboxChanged.allRead(
                    state.epoch(), user, state.seq(), state.unread(), done.upTo(), done.upToSeq()));
        }
        return Optional.of(new AllRead(done.updated(), state));
    }

    private boolean announced(Single done, long user, long id, Change change) {
        if (done.changed()) {
            InboxState state = done.state();
            announcer.announce(
                    InboxChanged.ofIds(state.epoch(), user, state.seq(), state.unread(), change, List.of(id)));
        }
        return done.found();
    }

    private record Single(boolean found, boolean changed, InboxState state) {}

    private record Several(
            boolean found,
            int updated,
            InboxState state,
            @Nullable Long upTo,
            @Nullable Long upToSeq) {}

    private static Single single(ResultSet row, int index) throws SQLException {
        return new Single(row.getBoolean("found"), row.getBoolean("changed"), InboxSql.state(row, index));
    }

    private static Several several(ResultSet row, int index) throws SQLException {
        return new Several(
                row.getBoolean("found"),
                row.getInt("updated"),
                InboxSql.state(row, index),
                Columns.id(row, "up_to"),
                Columns.id(row, "up_to_seq"));
    }
}
