package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import io.belfry.persister.support.TopicReader;
import io.belfry.persister.support.Truth;
import io.belfry.persister.support.Wire;
import io.belfry.persister.support.Wire.Delivered;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** What comes from a request, seen from outside: rows, events, probes. */
class RequestsIT extends PersisterTest {

    private ConfigurableApplicationContext persister;
    private TopicReader stored;

    @BeforeAll
    void start() {
        persister = PersisterMain.start(installation.environment());
        awaitReady(persister);
        stored = installation.reader(installation.topics().stored());
    }

    @AfterAll
    void stop() {
        stored.close();
        persister.close();
    }

    @Test
    void givesEachUserTheNextNumber() {
        installation.publish(new EventId("/exams", "1"), Requests.toUsers("one", 101L, 102L));
        installation.publish(new EventId("/exams", "2"), Requests.toUsers("two", 102L));
        eventually()
                .untilAsserted(() -> assertThat(Wire.delivered(stored.all()))
                        .filteredOn(one -> one.user() == 101 || one.user() == 102)
                        .extracting(Delivered::user, Delivered::seq, Delivered::unread)
                        .containsExactly(
                                org.assertj.core.groups.Tuple.tuple(101L, 1L, 1L),
                                org.assertj.core.groups.Tuple.tuple(102L, 1L, 1L),
                                org.assertj.core.groups.Tuple.tuple(102L, 2L, 2L)));
        Truth.assertEveryNumberIsAnEntry(jdbc);
    }
}
