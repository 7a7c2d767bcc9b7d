package io.belfry.api.problem;

import io.belfry.runtime.postgres.SqlFailure;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/** What a failure of the database means to a caller: by the one table of SQLSTATEs, and what is known here alone. */
final class DatabaseFaults {

    /** Tables and functions that the persister has not made yet. */
    private static final Set<String> SCHEMA_AWAITED = Set.of("42P01", "42883", "3F000");

    /** A text that is none to the database: NUL. */
    private static final Set<String> UNFIT_TEXT = Set.of("22021", "22P05");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private DatabaseFaults() {}

    /** @return what to tell the caller; empty if it is an error of ours */
    static Optional<Problem> problem(Throwable failure) {
        String state = SqlFailure.state(failure);
        if (state != null && UNFIT_TEXT.contains(state)) {
            return Optional.of(Problem.of(ProblemCode.BAD_REQUEST, "The request holds a text that cannot be stored"));
        }
        if (LOCK_NOT_AVAILABLE.equals(state)) {
            return Optional.of(unavailable(1));
        }
        // No connection within the pool's time, or one that broke, perhaps under the rollback: not all have a state.
        boolean unconnected = state == null
                && (failure instanceof DataAccessResourceFailureException
                        || failure instanceof CannotCreateTransactionException
                        || failure instanceof TransactionSystemException);
        boolean passing = unconnected
                || SqlFailure.of(failure) == SqlFailure.OUTAGE
                || (state != null && SCHEMA_AWAITED.contains(state));
        return passing ? Optional.of(unavailable(2)) : Optional.empty();
    }

    private static Problem unavailable(int retryAfterSeconds) {
        return Problem.of(ProblemCode.UNAVAILABLE, "The database cannot answer for the moment")
                .retryAfter(retryAfterSeconds);
    }
}
