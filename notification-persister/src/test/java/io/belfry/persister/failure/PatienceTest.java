package io.belfry.persister.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.persister.support.TestClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PatienceTest {

    private final TestClock clock = new TestClock();
    private final Served served = new Served();
    private final Patience patience = new Patience(Duration.ofMinutes(5), served, clock);

    @Test
    void lastsWhileOthersAreServed() {
        for (int i = 0; i < 5; i++) {
            assertThat(patience.isExhausted()).isFalse();
            served.more();
            clock.advance(Duration.ofMinutes(1));
            patience.failedAgain();
        }
        assertThat(patience.isExhausted()).isTrue();
    }

    @Test
    void doesNotCountAnOutage() {
        for (int i = 0; i < 100; i++) {
            clock.advance(Duration.ofMinutes(10));
            patience.failedAgain();
        }
        assertThat(patience.isExhausted()).as("nobody was served").isFalse();
        clock.advance(Duration.ofMinutes(4));
        served.more();
        patience.failedAgain();
        assertThat(patience.isExhausted()).isFalse();
        clock.advance(Duration.ofMinutes(1));
        served.more();
        patience.failedAgain();
        assertThat(patience.isExhausted()).isTrue();
    }

    @Test
    void pausesLongerEachTimeUpToTenSeconds() {
        for (int expected : new int[] {1, 2, 4, 8, 10, 10}) {
            clock.advance(Duration.ofSeconds(expected).minusMillis(1));
            assertThat(patience.isDue()).isFalse();
            clock.advance(Duration.ofMillis(1));
            assertThat(patience.isDue()).isTrue();
            patience.failedAgain();
        }
    }
}
