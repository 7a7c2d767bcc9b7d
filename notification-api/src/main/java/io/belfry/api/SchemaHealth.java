package io.belfry.api;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Ready from the moment that the database was seen with the schema that the persister makes. A database that goes away
 * later takes no node out of service: all of them would go at once, and 503 with {@code Retry-After} tells more.
 */
final class SchemaHealth implements HealthIndicator {

    /** The newest part that calls need: without it a node that is rolled out before the persister would fail them. */
    private static final String NEEDED = "claim_request(text,text,text,text,bytea,bigint,boolean,integer,text,integer)";

    private final JdbcClient sql;
    private final Rehearsal rehearsal;
    private volatile boolean seen;

    /** @param rehearsal run before it is ready, when the database has answered */
    SchemaHealth(JdbcClient sql, Rehearsal rehearsal) {
        this.sql = sql;
        this.rehearsal = rehearsal;
    }

    @Override
    public Health health() {
        if (!seen && isThere()) {
            rehearsal.run();
            seen = true;
        }
        return (seen ? Health.up() : Health.outOfService()).build();
    }

    private boolean isThere() {
        try {
            return sql.sql("SELECT to_regprocedure(?) IS NOT NULL")
                    .param(NEEDED)
                    .query(Boolean.class)
                    .single();
        } catch (DataAccessException e) {
            return false;
        }
    }
}
