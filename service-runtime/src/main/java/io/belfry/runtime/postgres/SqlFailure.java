package io.belfry.runtime.postgres;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a failure of the database means, by its SQLSTATE. One table for all services:
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
public enum SqlFailure {
    /** The server is down, busy, read-only or refuses us: passes by itself, or when an operator acts. */
    OUTAGE,
    /** The database will never take this record. */
    BAD_RECORD,
    /** Neither is known; most likely a mistake of ours. */
    UNKNOWN;

    // By class. 08 connection, 25 transaction state (25006: read-only), 28 authorization, 3D no such database,
    // 40 rollback (deadlock), 53 resources, 55 state (55P03: lock), 57 operator, 58 system, F0 configuration.
    private static final Set<String> OUTAGE_CLASSES =
            Set.of("08", "25", "28", "3D", "40", "53", "55", "57", "58", "F0");

    // Data exceptions; program limits.
    private static final Set<String> BAD_RECORD_CLASSES = Set.of("22", "54");

    // Not null; check.
    private static final Set<String> BAD_RECORD_STATES = Set.of("23502", "23514");

    /** By the first {@link SQLException} in the chain of causes that has a state, else by its type. */
    public static SqlFailure of(Throwable failure) {
        String state = state(failure);
        if (state != null) {
            return ofState(state);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLTransientException
                    || cause instanceof SQLRecoverableException
                    || cause instanceof SQLNonTransientConnectionException) {
                return OUTAGE;
            }
        }
        return UNKNOWN;
    }

    /** The SQLSTATE that tells most of a failure; null = none has one. */
    public static @Nullable String state(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    private static SqlFailure ofState(String state) {
        String stateClass = state.substring(0, Math.min(2, state.length()));
        if (BAD_RECORD_CLASSES.contains(stateClass) || BAD_RECORD_STATES.contains(state)) {
            return BAD_RECORD;
        }
        return OUTAGE_CLASSES.contains(stateClass) ? OUTAGE : UNKNOWN;
    }
}
