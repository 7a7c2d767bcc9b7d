package io.belfry.persister.commands;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import io.belfry.events.InboxCommand;
import io.belfry.events.wire.Event;
import io.belfry.events.wire.EventCodec;
import io.belfry.events.wire.EventType;
import io.belfry.persister.announce.Announcements;
import io.belfry.persister.metrics.PersisterMetrics;
import io.belfry.persister.pipeline.AppliedOnce.Applier;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What users asked for over their sockets, by the same SQL functions that the REST door calls. A command about a
 * notification that is not the user's, or that changes nothing, does nothing.
 */
public final class CommandHandler implements Applier<Event<InboxCommand>> {

    /** @param traceparent of its command */
    private record Changed(InboxChanged change, @Nullable String traceparent) {}

    private final EventCodec codec;
    private final JdbcClient jdbc;
    private final Announcements announcements;
    private final PersisterMetrics metrics;

    public CommandHandler(EventCodec codec, JdbcClient jdbc, Announcements announcements, PersisterMetrics metrics) {
        this.codec = codec;
        this.jdbc = jdbc;
        this.announcements = announcements;
        this.metrics = metrics;
    }

    @Override
    public Event<InboxCommand> decode(ConsumerRecord<byte[], byte[]> record) {
        return codec.decode(record, EventType.INBOX_COMMAND);
    }

    @Override
    public Runnable apply(List<Event<InboxCommand>> commands) {
        lockInboxes(commands);
        List<Changed> changed = new ArrayList<>();
        for (Event<InboxCommand> command : commands) {
            InboxChanged change = apply(command.data());
            if (change != null) {
                changed.add(new Changed(change, command.traceparent()));
            }
        }
        metrics.commands(commands.size());
        return () -> changed.forEach(one -> announcements.changed(one.change(), one.traceparent()));
    }

    /** All inboxes in one ascending pass before the first is changed, as every transaction does that changes several. */
    private void lockInboxes(List<Event<InboxCommand>> commands) {
        jdbc.sql("SELECT user_id FROM inbox WHERE user_id = ANY (?) ORDER BY user_id FOR NO KEY UPDATE")
                .param(commands.stream()
                        .mapToLong(command -> command.data().user())
                        .sorted()
                        .distinct()
                        .toArray())
                .query(Long.class)
                .list();
    }

    private @Nullable InboxChanged apply(InboxCommand command) {
        return switch (command.command()) {
            case MARK_READ -> markRead(command);
            case MARK_ALL_READ -> markAllRead(command);
        };
    }

    private @Nullable InboxChanged markRead(InboxCommand command) {
        long id = Objects.requireNonNull(command.id());
        return jdbc.sql("SELECT seq, unread, epoch FROM inbox_set_read(?, ?, true) WHERE changed")
                .params(command.user(), id)
                .query((row, number) -> InboxChanged.ofIds(
                        row.getString("epoch"),
                        command.user(),
                        row.getLong("seq"),
                        row.getLong("unread"),
                        Change.READ,
                        List.of(id)))
                .optional()
                .orElse(null);
    }

    private @Nullable InboxChanged markAllRead(InboxCommand command) {
        return jdbc.sql("SELECT seq, unread, epoch, up_to, up_to_seq FROM inbox_mark_all_read(?, ?) WHERE updated > 0")
                .param(1, command.user())
                .param(2, command.upTo(), Types.BIGINT)
                .query((row, number) -> InboxChanged.allRead(
                        row.getString("epoch"),
                        command.user(),
                        row.getLong("seq"),
                        row.getLong("unread"),
                        row.getLong("up_to"),
                        row.getLong("up_to_seq")))
                .optional()
                .orElse(null);
    }
}
