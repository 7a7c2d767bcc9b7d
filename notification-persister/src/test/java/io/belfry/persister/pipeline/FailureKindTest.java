package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.CannotCreateTransactionException;

class FailureKindTest {

    @Test
    void tellsALockedRowFromADatabaseThatIsOut() {
        assertThat(kindOf("55P03")).isEqualTo(FailureKind.ROW_LOCKED);
        assertThat(kindOf("57P01")).isEqualTo(FailureKind.OUTAGE);
        assertThat(kindOf("40P01")).isEqualTo(FailureKind.OUTAGE);
    }

    @Test
    void tellsABadRecordFromAFaultOfUnknownCause() {
        assertThat(kindOf("22P05")).isEqualTo(FailureKind.BAD_RECORD);
        assertThat(kindOf("P0001")).isEqualTo(FailureKind.UNKNOWN);
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

    private static FailureKind kindOf(String state) {
        return FailureKind.of(new DataIntegrityViolationException("wrapped", new SQLException("no", state)));
    }
}
