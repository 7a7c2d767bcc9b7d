package io.belfry.persister.announce;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.NotificationData;
import io.belfry.events.NotificationStored;
import io.belfry.events.NotificationStored.Recipient;
import io.belfry.events.NotificationType;
import io.belfry.events.names.Topics;
import io.belfry.events.wire.EventCodec;
import io.belfry.kit.database.Database.Entry;
import io.belfry.persister.support.FakeBroker;
import io.belfry.runtime.tracing.Tracing;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;

/** Events that are larger than their topic takes. */
class AnnouncementsTest {

    private static final Topics TOPICS = new Topics("");

    private int mostBytes;

    private final FakeBroker producer = new FakeBroker(
            TOPICS.stored(), 1, event -> event.value().length > mostBytes ? new RecordTooLargeException("no") : null);
    private final Announcements announcements =
            new Announcements(() -> producer, new EventCodec(), TOPICS, Clock.systemUTC());

    @Test
    void areHalvedUntilTheyFit() {
        mostBytes = 2_000;
        announce(300);
        announcements.awaitAcknowledged();
        assertThat(announced())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 300).boxed().toList());
    }

    @Test
    void holdUpNoOtherWhenOneUsersIsTooLarge() {
        mostBytes = 10;
        announce(3);
        announcements.awaitAcknowledged();
        mostBytes = 10_000;
        announce(1);
        announcements.awaitAcknowledged();
        assertThat(announced()).containsExactly(1L);
    }

    private void announce(int users) {
        NotificationStored.Content content = new NotificationStored.Content(
                1,
                null,
                null,
                null,
                NotificationType.MESSAGE,
                "",
                "hello",
                NotificationData.EMPTY,
                null,
                null,
                false,
                Instant.EPOCH);
        announcements.stored(
                content,
                "epoch",
                LongStream.rangeClosed(1, users)
                        .mapToObj(user -> new Recipient(user, 1, 1))
                        .toList(),
                null,
                Tracing.off().process("requests", null));
    }

    private List<Long> announced() {
        return producer.delivered().stream().map(Entry::user).toList();
    }
}
