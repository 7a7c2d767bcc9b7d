package io.belfry.api.export;

import java.util.List;
import java.util.function.Consumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What the database keeps of a person, as JSON that it writes itself, in pages: however much it is, a page is all that is
 * held. Each page is of its own moment.
 */
@Component
final class PersonalData {

    private static final int PAGE = 200;

    private final JdbcClient sql;

    PersonalData(JdbcClient sql) {
        this.sql = sql;
    }

    /** Lists of the document; each statement gives a number to go on behind, and an object. */
    enum Part {
        COURSES("""
                SELECT m.course_id AS position,
                       json_build_object('course', m.course_id, 'title', c.title, 'role', m.role) AS item
                  FROM course_member m LEFT JOIN course c ON c.id = m.course_id
                 WHERE m.user_id = :user AND m.course_id > :after
                """),
        NOTIFICATIONS("""
                SELECT e.added_seq AS position,
                       json_build_object('id', n.id, 'sender', n.sender_id, 'source_name', n.source_name,
                                         'notification_type', n.notification_type,
                                         'title', n.title, 'message', n.message, 'data', n.data, 'course', n.course_id,
                                         'test', n.test, 'created_at', wire_time(n.created_at), 'added_seq', e.added_seq,
                                         'read_at', wire_time(e.read_at), 'deleted_at', wire_time(e.deleted_at)) AS item
                  FROM inbox_entry e JOIN notification n ON n.id = e.notification_id
                 WHERE e.user_id = :user AND e.added_seq > :after
                """),
        SENT("""
                SELECT r.number AS position,
                       json_build_object('request_id', r.id, 'idempotency_key', r.idempotency_key, 'course', r.course_id, 'test', r.test,
                                         'status', r.status, 'recipients', r.recipients,
                                         'created_at', wire_time(r.created_at), 'stored_at', wire_time(r.stored_at),
                                         'notification_type', n.notification_type, 'title', n.title,
                                         'message', n.message, 'data', n.data) AS item
                  FROM notification_request r LEFT JOIN notification n ON n.id = r.notification_id
                 WHERE r.caller = 'user:' || :user AND r.number > :after
                """),
        TEMPLATES("""
                SELECT t.id AS position,
                       json_build_object('id', t.id, 'name', t.name, 'notification_type', t.notification_type,
                                         'title', t.title, 'message', t.message, 'data', t.data,
                                         'updated_at', wire_time(t.updated_at)) AS item
                  FROM message_template t WHERE t.user_id = :user AND t.id > :after
                """),
        ACTIVITY("""
                SELECT a.id AS position,
                       json_build_object('at', wire_time(a.at), 'action', a.action, 'object', a.object,
                                         'address', a.address) AS item
                  FROM audit_log a WHERE a.actor = 'user:' || :user AND a.id > :after
                """);

        private final String sql;

        Part(String sql) {
            this.sql = sql + " ORDER BY position LIMIT :page";
        }
    }

    private record Item(long position, String item) {}

    /** @param write takes one object after the other, as JSON text */
    void read(Part part, long user, Consumer<String> write) {
        List<Item> page;
        long after = 0;
        do {
            page = sql.sql(part.sql)
                    .param("user", user)
                    .param("after", after)
                    .param("page", PAGE)
                    .query(Item.class)
                    .list();
            page.forEach(item -> write.accept(item.item()));
            after = page.isEmpty() ? after : page.get(page.size() - 1).position();
        } while (page.size() == PAGE);
    }

    /** The directory's entry and the inbox's own row; a JSON object. */
    String person(long user) {
        return sql.sql("""
                        SELECT json_build_object(
                            'id', :user, 'name', (SELECT name FROM platform_user WHERE id = :user),
                            'inbox', (SELECT json_build_object('seq', seq, 'unread', unread, 'total', total, 'floor', floor,
                                                               'epoch', current_epoch())
                                        FROM inbox WHERE user_id = :user))
                        """).param("user", user).query(String.class).single();
    }
}
