package io.belfry.api.problem;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

/**
 * Which failures of the database are outages and pass, and which the caller's: told by SQLSTATE
 * (https://www.postgresql.org/docs/current/errcodes-appendix.html), because Spring's translation puts some of them
 * beside errors of our own SQL.
 */
final class DatabaseFaults {

    /** Connections, passwords (one that is being changed), conflicts, resources, operators (a shutdown, a time limit), the system. */
    private static final Set<String> PASSING_CLASSES = Set.of("08", "28", "40", "53", "57", "58");

    /** A lock not had in time, a server that is read-only for the moment, a transaction cut off by its time limit. */
    private static final Set<String> PASSING_STATES = Set.of("55P03", "25006", "25P03", "25P04");

    /** Tables and functions that the persister has not made yet. */
    private static final Set<String> SCHEMA_AWAITED = Set.of("42P01", "42883", "3F000");

    /** Text that no database text can be: NUL. */
    private static final Set<String> UNFIT_TEXT = Set.of("22021", "22P05");

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private DatabaseFaults() {}

    /** @return what to tell the caller; empty if it is an error of ours */
    static Optional<Problem> problem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return problem(sql.getSQLState());
            }
        }
        // No connection within the pool's time, or one that broke under us or under the rollback: none always has a
        // state.
        boolean unconnected = failure instanceof DataAccessResourceFailureException
                || failure instanceof CannotCreateTransactionException
                || failure instanceof TransactionSystemException;
        return unconnected ? Optional.of(unavailable(2)) : Optional.empty();
    }

    private static Optional<Problem> problem(String state) {
        if (state.equals(LOCK_NOT_AVAILABLE)) {
            return Optional.of(unavailable(1));
        }
        if (UNFIT_TEXT.contains(state)) {
            return Optional.of(Problem.of(ProblemCode.BAD_REQUEST, "The request holds a text that cannot be stored"));
        }
        boolean passing = PASSING_CLASSES.contains(state.substring(0, Math.min(2, state.length())))
                || PASSING_STATES.contains(state)
                || SCHEMA_AWAITED.contains(state);
        return passing ? Optional.of(unavailable(2)) : Optional.empty();
    }

    private static Problem unavailable(int retryAfterSeconds) {
        return Problem.of(ProblemCode.UNAVAILABLE, "The database cannot answer for the moment")
                .retryAfter(retryAfterSeconds);
    }
}
