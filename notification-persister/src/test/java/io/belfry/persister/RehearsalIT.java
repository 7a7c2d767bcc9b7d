package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.persister.support.PersisterTest;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A persister that has just come up has gone the way of a request, and shows no trace of it. */
class RehearsalIT extends PersisterTest {

    private static final List<String> TABLES = List.of(
            "notification",
            "inbox",
            "inbox_entry",
            "notification_request",
            "audit_log",
            "course",
            "course_member",
            "course_size");

    @Test
    void leavesNothingButAGapInTheNumbersOfNotifications() {
        start();

        assertThat(number("SELECT coalesce(pg_sequence_last_value(pg_get_serial_sequence('notification', 'id')), 0)"))
                .as("a notification was written")
                .isEqualTo(1);
        for (String table : TABLES) {
            assertThat(number("SELECT count(*) FROM " + table)).as(table).isZero();
        }
        assertThat(installation.read(installation.topics().requested())).isEmpty();
        assertThat(installation.read(installation.topics().stored())).isEmpty();
        MeterRegistry figures = persister.getBean(MeterRegistry.class);
        assertThat(figures.get("belfry.persist").timer().count()).isZero();
        assertThat(figures.get("belfry.recipients.stored").counter().count()).isZero();
    }
}
