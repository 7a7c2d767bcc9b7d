package io.belfry.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlFailureTest {

    @ParameterizedTest
    @CsvSource({
        "08006, OUTAGE", // connection failure
        "25006, OUTAGE", // a primary that was demoted
        "25P03, OUTAGE", // idle in transaction
        "25P04, OUTAGE", // transaction timeout
        "28P01, OUTAGE", // a rotated password
        "3D000, OUTAGE", // database not restored yet
        "40001, OUTAGE", // serialisation
        "40P01, OUTAGE", // deadlock
        "53100, OUTAGE", // disk full
        "53300, OUTAGE", // too many connections
        "55P03, OUTAGE", // a lock that another holds
        "57014, OUTAGE", // statement timeout
        "57P01, OUTAGE", // shutdown
        "58030, OUTAGE", // input or output
        "22021, BAD_RECORD", // a character that the database cannot hold
        "23502, BAD_RECORD", // not null
        "23514, BAD_RECORD", // check
        "54000, BAD_RECORD", // program limit
        "23505, UNKNOWN", // unique: a mistake of ours
        "42601, UNKNOWN", // syntax
        "42P01, UNKNOWN" // no such table
    })
    void tellsWhatAStateMeans(String state, SqlFailure meaning) {
        assertThat(SqlFailure.of(new IllegalStateException(new SQLException("no", state))))
                .isEqualTo(meaning);
    }

    @Test
    void believesTheStateAheadOfTheType() {
        assertThat(SqlFailure.of(new SQLRecoverableException("no", "22003"))).isEqualTo(SqlFailure.BAD_RECORD);
    }

    @Test
    void takesABrokenConnectionWithoutAStateForAnOutage() {
        assertThat(SqlFailure.of(new IllegalStateException(new SQLRecoverableException("gone"))))
                .isEqualTo(SqlFailure.OUTAGE);
        assertThat(SqlFailure.of(new IllegalStateException("ours"))).isEqualTo(SqlFailure.UNKNOWN);
    }
}
