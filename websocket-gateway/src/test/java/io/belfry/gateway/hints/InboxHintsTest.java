package io.belfry.gateway.hints;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.protocol.ServerFrame.InboxHint;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class InboxHintsTest {

    private final InboxHints hints = new InboxHints(10);

    private void change(String epoch, long user, long seq) {
        hints.changed(epoch, List.of(new Recipient(user, seq, 1)));
    }

    private boolean knows(long user) {
        return hints.of(user) != null;
    }

    @Test
    void keepsTheNewestUpToItsBound() {
        LongStream.rangeClosed(1, 100).forEach(user -> change("e", user, 1));

        assertThat(LongStream.rangeClosed(96, 100).allMatch(this::knows)).isTrue();
        assertThat(LongStream.rangeClosed(1, 100).filter(this::knows).count()).isLessThanOrEqualTo(10);
    }

    @Test
    void isNotLoweredByAnOlderChangeOfTheOtherHalf() {
        change("e", 7, 19);
        LongStream.rangeClosed(11, 15).forEach(user -> change("e", user, 1));
        change("e", 7, 18);

        assertThat(hints.of(7)).isEqualTo(new InboxHint(19, 1, "e"));
    }

    @Test
    void forgetsAUserInBothHalves() {
        change("e", 7, 19);
        LongStream.rangeClosed(11, 15).forEach(user -> change("e", user, 1));
        change("e", 7, 20);

        hints.erase(7);

        assertThat(knows(7)).isFalse();
    }

    @Test
    void knowsNothingOfAnEarlierEpoch() {
        change("e", 7, 19);
        change("f", 8, 1);

        assertThat(knows(7)).isFalse();
        assertThat(hints.of(8)).isEqualTo(new InboxHint(1, 1, "f"));
    }
}
