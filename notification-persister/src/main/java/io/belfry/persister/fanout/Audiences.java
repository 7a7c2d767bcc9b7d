package io.belfry.persister.fanout;

import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is still to get a notification: always the next users by ascending id. */
final class Audiences {

    private final JdbcClient jdbc;

    Audiences(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param limit most users of this share */
    Share next(FanoutRequest request, NotificationRow row, int limit) {
        if (row.complete() || row.conflictsWith(request)) {
            return new Share(request, row, List.of(), true);
        }
        List<Long> candidates = request.course() == null
                ? above(request.users(), row.fannedTo())
                : students(request.course(), row.fannedTo(), limit + 1);
        boolean last = candidates.size() <= limit;
        return new Share(request, row, last ? candidates : candidates.subList(0, limit), last);
    }

    private static List<Long> above(List<Long> users, long fannedTo) {
        int at = Collections.binarySearch(users, fannedTo);
        return users.subList(at >= 0 ? at + 1 : -at - 1, users.size());
    }

    private List<Long> students(long course, long above, int limit) {
        return jdbc.sql("""
                        SELECT user_id FROM course_member
                         WHERE course_id = ? AND user_id > ? AND role = 'student'
                         ORDER BY user_id LIMIT ?
                        """).params(course, above, limit).query(Long.class).list();
    }
}
