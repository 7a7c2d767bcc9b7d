package io.belfry.persister.fanout;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What announcements say beside the rows of their notifications.
 *
 * @param epoch the history that the numbers of inboxes belong to
 * @param users what senders are called now, as far as the directory knows them
 * @param courses what they are called now, likewise
 */
record AnnouncementContext(String epoch, Map<Long, String> users, Map<Long, String> courses) {

    /** Of all that these rows name, by one statement. */
    static AnnouncementContext of(List<NotificationRow> rows, JdbcClient jdbc) {
        Map<Long, String> users = new HashMap<>();
        Map<Long, String> courses = new HashMap<>();
        List<String> epoch = new ArrayList<>(1);
        jdbc.sql("""
                        SELECT 'epoch' AS what, 0 AS id, current_epoch() AS name
                        UNION ALL SELECT 'user', id, name FROM platform_user WHERE id = ANY (?)
                        UNION ALL SELECT 'course', id, title FROM course WHERE id = ANY (?)
                        """)
                .params(ids(rows, NotificationRow::senderId), ids(rows, NotificationRow::course))
                .query(row -> {
                    String name = row.getString("name");
                    switch (row.getString("what")) {
                        case "epoch" -> epoch.add(name);
                        case "user" -> users.put(row.getLong("id"), name);
                        default -> courses.put(row.getLong("id"), name);
                    }
                });
        return new AnnouncementContext(epoch.get(0), users, courses);
    }

    private static Long[] ids(List<NotificationRow> rows, Function<NotificationRow, @Nullable Long> id) {
        return rows.stream().map(id).filter(Objects::nonNull).distinct().toArray(Long[]::new);
    }

    @Nullable
    String user(@Nullable Long id) {
        return id == null ? null : users.get(id);
    }

    @Nullable
    String course(@Nullable Long id) {
        return id == null ? null : courses.get(id);
    }
}
