package io.belfry.api.templates;

import io.belfry.api.problem.ProblemCode;
import io.belfry.api.problem.ProblemException;
import io.belfry.api.templates.Template.Content;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** The table {@code message_template}. Each call is about one owner's; safe for use by many threads. */
@Component
final class TemplateTable {

    /** Of one owner. */
    private static final int MOST = 50;

    private static final String SHOWN =
            "id, name, notification_type, title, message, data::text AS data, wire_time(updated_at) AS updated_at";

    private static final String SELECT = "SELECT " + SHOWN + " FROM message_template WHERE user_id = :owner ";

    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    TemplateTable(JdbcClient sql, TransactionTemplate transaction) {
        this.sql = sql;
        this.transaction = transaction;
    }

    /** By name, whatever its case. */
    List<Template> all(long owner) {
        return sql.sql(SELECT + "ORDER BY lower(name), id")
                .param("owner", owner)
                .query(Template.class)
                .list();
    }

    Optional<Template> one(long owner, long id) {
        return read(owner, id, "");
    }

    /** @throws ProblemException 409 if there are as many as may be, or the name is taken */
    Template add(long owner, Content content) {
        return namedOnce(() -> {
                    // One at a time of an owner: how many there are cannot change between count and commit.
                    sql.sql("SELECT pg_advisory_xact_lock(hashtextextended('belfry templates of ' || ?, 0))")
                            .param(owner)
                            .query(row -> {});
                    StatementSpec insert =
                            sql.sql("""
                            INSERT INTO message_template (user_id, name, notification_type, title, message, data)
                            SELECT :owner, :name, :type, :title, :message, CAST(:data AS json)
                             WHERE (SELECT count(*) FROM message_template WHERE user_id = :owner) < :most
                            RETURNING\s""" + SHOWN).param("owner", owner).param("most", MOST);
                    return written(insert, content);
                })
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.TOO_MANY_TEMPLATES, "At most " + MOST + " can be kept"));
    }

    /**
     * @param change of what it is at that moment
     * @return empty if the owner has none with this id
     * @throws ProblemException 409 if the name is taken
     */
    Optional<Template> change(long owner, long id, Function<Template, Content> change) {
        return namedOnce(() -> read(owner, id, " FOR UPDATE").flatMap(kept -> {
            StatementSpec update = sql.sql("""
                            UPDATE message_template
                               SET name = :name, notification_type = :type, title = :title, message = :message,
                                   data = CAST(:data AS json), updated_at = clock_timestamp()
                             WHERE id = :id RETURNING\s""" + SHOWN).param("id", id);
            return written(update, change.apply(kept));
        }));
    }

    /** @return false if the owner has none with this id */
    boolean remove(long owner, long id) {
        return sql.sql("DELETE FROM message_template WHERE user_id = ? AND id = ?")
                        .params(owner, id)
                        .update()
                == 1;
    }

    private Optional<Template> read(long owner, long id, String lock) {
        return sql.sql(SELECT + "AND id = :id" + lock)
                .param("owner", owner)
                .param("id", id)
                .query(Template.class)
                .optional();
    }

    private static Optional<Template> written(StatementSpec statement, Content content) {
        return statement
                .param("name", content.name())
                .param("type", content.notificationType().wireName())
                .param("title", content.title())
                .param("message", content.message())
                .param("data", content.data().json())
                .query(Template.class)
                .optional();
    }

    private Optional<Template> namedOnce(Supplier<Optional<Template>> write) {
        try {
            return Objects.requireNonNull(transaction.execute(status -> write.get()));
        } catch (DuplicateKeyException e) {
            throw new ProblemException(ProblemCode.TEMPLATE_NAME_TAKEN, "Another template of yours has this name");
        }
    }
}
