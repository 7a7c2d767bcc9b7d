package io.belfry.persister.pipeline;

import io.belfry.runtime.postgres.SqlFailure;
import java.io.IOException;
import org.apache.kafka.common.KafkaException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.CannotCreateTransactionException;

/** What a failure means for the record that met it. */
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

    static FailureKind of(Throwable failure) {
        if (LOCK_NOT_AVAILABLE.equals(SqlFailure.state(failure))) {
            return ROW_LOCKED;
        }
        return switch (SqlFailure.of(failure)) {
            case OUTAGE -> OUTAGE;
            case BAD_RECORD -> BAD_RECORD;
            case UNKNOWN -> isOutage(failure) ? OUTAGE : UNKNOWN;
        };
    }

    private static boolean isOutage(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof KafkaException
                    || cause instanceof IOException
                    // The database was put back while we wrote: what we know of it is read again.
                    || cause instanceof OptimisticLockingFailureException
                    || (cause instanceof CannotCreateTransactionException && cause.getCause() == null)) {
                return true;
            }
        }
        return false;
    }
}
