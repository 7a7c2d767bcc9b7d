package io.belfry.gateway.hints;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.hints.HintBacklog.Entry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewestHintsTest {

    private static Entry entry(String epoch, long user, long seq) {
        return new Entry(epoch, new Recipient(user, seq, 1));
    }

    @Test
    void areOneOfEachInbox() {
        assertThat(NewestHints.of(List.of(entry("e1", 7, 1), entry("e1", 8, 5), entry("e1", 7, 2))))
                .isEqualTo(Map.of("e1", List.of(new Recipient(7, 2, 1), new Recipient(8, 5, 1))));
    }

    @Test
    void areNotLowerForAnEventThatIsReadAgain() {
        assertThat(NewestHints.of(List.of(entry("e1", 7, 19), entry("e1", 7, 18))))
                .isEqualTo(Map.of("e1", List.of(new Recipient(7, 19, 1))));
    }

    @Test
    void areThoseOfTheLaterEpochHoweverLow() {
        assertThat(NewestHints.of(List.of(entry("e1", 7, 19), entry("e1", 8, 3), entry("e2", 7, 1))))
                .isEqualTo(Map.of(
                        "e1", List.of(new Recipient(8, 3, 1)),
                        "e2", List.of(new Recipient(7, 1, 1))));
    }
}
