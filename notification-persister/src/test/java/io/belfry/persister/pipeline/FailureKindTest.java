package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class FailureKindTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "08006", "08001", "40001", "40P01", "53300", "55P03", "57P01", "57P03", "57014", "58030", "25006",
                "25P03", "25P04", "28P01", "3D000"
            })
    void waitsForTheWorld(String state) {
        assertThat(kindOf(state)).isEqualTo(FailureKind.OUTAGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22001", "22021", "22P05", "22P02", "22003", "54001", "23502", "23514"})
    void blamesTheRecord(String state) {
        assertThat(kindOf(state)).isEqualTo(FailureKind.BAD_RECORD);
    }

    @ParameterizedTest
    @CsvSource({"XX000", "42P01", "23505", "P0001", "0A000"})
    void knowsWhatItDoesNotKnow(String state) {
        assertThat(kindOf(state)).isEqualTo(FailureKind.UNKNOWN);
    }

    @Test
    void waitsForConnectionsAndBrokers() {
        assertThat(FailureKind.of(new CannotCreateTransactionException(
                        "no connection", new SQLTransientConnectionException("pool is empty"))))
                .isEqualTo(FailureKind.OUTAGE);
        assertThat(FailureKind.of(new IllegalStateException(new SocketTimeoutException())))
                .isEqualTo(FailureKind.OUTAGE);
        assertThat(FailureKind.of(new KafkaException("not acknowledged"))).isEqualTo(FailureKind.OUTAGE);
    }

    @Test
    void doesNotTakeAFaultOfItsOwnForTheWorlds() {
        assertThat(FailureKind.of(new NullPointerException())).isEqualTo(FailureKind.UNKNOWN);
    }

    private static FailureKind kindOf(String state) {
        return FailureKind.of(new DataIntegrityViolationException("wrapped", new SQLException("no", state)));
    }
}
