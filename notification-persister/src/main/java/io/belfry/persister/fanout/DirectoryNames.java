package io.belfry.persister.fanout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What senders and courses are called now, as far as the directory knows them. */
record DirectoryNames(Map<Long, String> users, Map<Long, String> courses) {

    /** Of all that these rows name, by one statement; by none if they name nothing. */
    static DirectoryNames of(List<NotificationRow> rows, JdbcClient jdbc) {
        DirectoryNames names = new DirectoryNames(new HashMap<>(), new HashMap<>());
        Long[] senders = ids(rows, NotificationRow::senderId);
        Long[] courses = ids(rows, NotificationRow::course);
        if (senders.length + courses.length > 0) {
            jdbc.sql("""
                            SELECT true, id, name FROM platform_user WHERE id = ANY (?)
                            UNION ALL SELECT false, id, title FROM course WHERE id = ANY (?)
                            """).params(senders, courses).query(row -> {
                (row.getBoolean(1) ? names.users : names.courses).put(row.getLong(2), row.getString(3));
            });
        }
        return names;
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
