package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class FailureKindTest {

    @ParameterizedTest
    @CsvSource({"55P03, ROW_LOCKED", "57P01, OUTAGE", "40P01, OUTAGE", "22P05, BAD_RECORD", "P0001, UNKNOWN"})
    void goesByTheStateThatTheDatabaseTells(String state, FailureKind kind) {
        assertThat(FailureKind.of(new DataIntegrityViolationException("wrapped", new SQLException("no", state))))
                .isEqualTo(kind);
    }

    @Test
    void knowsNothingOfAnyOtherFault() {
        assertThat(FailureKind.of(new NullPointerException())).isEqualTo(FailureKind.UNKNOWN);
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
}
