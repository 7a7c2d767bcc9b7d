package io.belfry.bench.system;

import io.belfry.kit.database.Database;

/** Courses and inboxes as the platform's events and old sends would have left them, written at once. */
public record School(Database database) {

    /** More senders than one, since each may send only so often. */
    static final long FIRST_INSTRUCTOR = 100;

    static final int INSTRUCTORS = 400;

    /** Makes a course of the first so many students known, written where the platform's events would have written it. */
    public void course(long course, long firstStudent, int students) {
        database.count(
                """
                WITH u AS (INSERT INTO platform_user (id, name)
                           SELECT n, 'Student ' || n FROM generate_series(?, ?) n ON CONFLICT DO NOTHING RETURNING 1),
                     i AS (INSERT INTO platform_user (id, name)
                           SELECT n, 'Instructor ' || n FROM generate_series(?, ?) n ON CONFLICT DO NOTHING RETURNING 1),
                     c AS (INSERT INTO course (id, title) VALUES (?, 'A course') RETURNING 1),
                     m AS (INSERT INTO course_member (course_id, user_id, role)
                           SELECT ?, n, 'student' FROM generate_series(?, ?) n UNION ALL
                           SELECT ?, n, 'instructor' FROM generate_series(?, ?) n RETURNING 1)
                SELECT (SELECT count(*) FROM m) + (SELECT count(*) FROM u)""",
                firstStudent,
                firstStudent + students - 1,
                FIRST_INSTRUCTOR,
                FIRST_INSTRUCTOR + INSTRUCTORS - 1,
                course,
                course,
                firstStudent,
                firstStudent + students - 1,
                course,
                FIRST_INSTRUCTOR,
                FIRST_INSTRUCTOR + INSTRUCTORS - 1);
    }

    /** Gives users inboxes of so many entries each, half of them read, as old sends would have left them. */
    public void inboxes(long firstUser, int users, int entries) {
        database.count(
                """
                WITH n AS (INSERT INTO notification (event_source, event_id, notification_type, title, message, data,
                                                     recipients, stored_at)
                           SELECT '/benchmark', ? || '-' || i, 'announcement', 'Week ' || i, repeat('What was said. ', 10),
                                  '{}', ?, clock_timestamp()
                             FROM generate_series(1, ?) i RETURNING id),
                     k AS (SELECT id, row_number() OVER (ORDER BY id) AS seq FROM n),
                     b AS (INSERT INTO inbox (user_id, seq, unread, total)
                           SELECT u, ?, ? / 2, ? FROM generate_series(?, ?) u RETURNING 1),
                     e AS (INSERT INTO inbox_entry (notification_id, user_id, added_seq, added_unread, changed_seq,
                                                    read_at, notification_type)
                           SELECT k.id, u, k.seq, k.seq, k.seq,
                                  CASE WHEN k.seq <= ? - ? / 2 THEN clock_timestamp() END, 'announcement'
                             FROM k CROSS JOIN generate_series(?, ?) u RETURNING 1)
                SELECT (SELECT count(*) FROM b) + (SELECT count(*) FROM e)""",
                String.valueOf(System.nanoTime()),
                users,
                entries,
                entries,
                entries,
                entries,
                firstUser,
                firstUser + users - 1,
                entries,
                entries,
                firstUser,
                firstUser + users - 1);
    }
}
