package io.belfry.persister.retention;

import io.belfry.events.InboxChanged;
import io.belfry.events.InboxChanged.Change;
import java.sql.Array;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Entries that leave their inboxes for good, by the SQL function {@code inbox_remove}. */
final class Entries {

    private Entries() {}

    /** One notification in one inbox. */
    record Entry(long notification, long user) {}

    /**
     * @param entries how many are gone, with those that had been deleted before
     * @param changes of inboxes, to be announced once they are committed
     */
    record Removed(long entries, List<InboxChanged> changes) {}

    /** Removes these, but for those in inboxes that another transaction has locked. */
    static Removed remove(JdbcClient jdbc, List<Entry> entries) {
        List<InboxChanged> changes = new ArrayList<>();
        long count = jdbc
                .sql("SELECT * FROM inbox_remove(?::bigint[], ?::bigint[])")
                .param(entries.stream().map(Entry::notification).toArray(Long[]::new))
                .param(entries.stream().map(Entry::user).toArray(Long[]::new))
                .query((row, number) -> {
                    Array ids = row.getArray("ids");
                    if (ids != null) {
                        changes.add(InboxChanged.ofIds(
                                row.getString("epoch"),
                                row.getLong("user_id"),
                                row.getLong("seq"),
                                row.getLong("unread"),
                                Change.DELETED,
                                List.of((Long[]) ids.getArray())));
                    }
                    return row.getLong("entries");
                })
                .list()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
        return new Removed(count, changes);
    }
}
