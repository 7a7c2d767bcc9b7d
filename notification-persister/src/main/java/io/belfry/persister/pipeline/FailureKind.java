package io.belfry.persister.pipeline;

import java.io.IOException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
import org.apache.kafka.common.KafkaException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Whose fault a failure is, which decides what becomes of the record that met it. */
enum FailureKind {
    /** The database or the broker is down, slow or busy: nothing is wrong with the record, it waits. */
    OUTAGE,
    /** The database says that it will never take this record. */
    BAD_RECORD,
    /** Another session holds a lock on a row: an outage of that row, for records that need it and no others. */
    ROW_LOCKED,
    /** None of it is known: the record is tried again alone, as long as its retry budget lasts. */
    UNKNOWN;

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    // https://www.postgresql.org/docs/current/errcodes-appendix.html, by class: connection, authorization, transaction
    // state (limits of time are told there), catalog name, rollback, resources, prerequisite state, operator, system
    private static final Set<String> OUTAGE_CLASSES = Set.of("08", "28", "25", "3D", "40", "53", "55", "57", "58");

    // data exceptions, program limits
    private static final Set<String> BAD_RECORD_CLASSES = Set.of("22", "54");

    // not null, check
    private static final Set<String> BAD_RECORD_STATES = Set.of("23502", "23514");

    static FailureKind of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return ofState(sql.getSQLState());
            }
            if (isOutage(cause)) {
                return OUTAGE;
            }
        }
        return UNKNOWN;
    }

    private static FailureKind ofState(String state) {
        if (state.equals(LOCK_NOT_AVAILABLE)) {
            return ROW_LOCKED;
        }
        String stateClass = state.substring(0, Math.min(2, state.length()));
        if (BAD_RECORD_CLASSES.contains(stateClass) || BAD_RECORD_STATES.contains(state)) {
            return BAD_RECORD;
        }
        return OUTAGE_CLASSES.contains(stateClass) ? OUTAGE : UNKNOWN;
    }

    private static boolean isOutage(Throwable cause) {
        return cause instanceof KafkaException
                || cause instanceof IOException
                || cause instanceof SQLTransientException
                || cause instanceof SQLRecoverableException
                || cause instanceof SQLNonTransientConnectionException
                // It was put back while we wrote: what we know of it is read again.
                || cause instanceof OptimisticLockingFailureException
                || (cause instanceof CannotCreateTransactionException && cause.getCause() == null);
    }
}
