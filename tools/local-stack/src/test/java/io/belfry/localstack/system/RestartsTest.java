package io.belfry.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartsTest {

    private long now = 1_000;
    private final Restarts restarts = new Restarts(now);

    @Test
    void startsAtOnceTheFirstTime() {
        assertThat(restarts.mayStart(now)).isTrue();
    }

    @Test
    void waitsLongerAfterEveryShortLife() {
        live(Duration.ofSeconds(5));
        assertThat(waitBeforeNextStart()).isZero();
        live(Duration.ofSeconds(5));
        assertThat(waitBeforeNextStart()).isEqualTo(Duration.ofSeconds(1));
        live(Duration.ofSeconds(5));
        assertThat(waitBeforeNextStart()).isEqualTo(Duration.ofSeconds(2));
        live(Duration.ofSeconds(5));
        assertThat(waitBeforeNextStart()).isEqualTo(Duration.ofSeconds(4));
    }

    @Test
    void aLongLifeIsForgiven() {
        live(Duration.ofSeconds(5));
        waitBeforeNextStart();
        live(Duration.ofSeconds(5));
        waitBeforeNextStart();
        live(Duration.ofSeconds(90));

        assertThat(waitBeforeNextStart()).isZero();
    }

    @Test
    void failedAttemptsWaitUpToTheLongestWait() {
        Duration wait = Duration.ZERO;
        for (int attempt = 0; attempt < 50; attempt++) {
            wait = restarts.failed(now);
        }
        assertThat(wait).isEqualTo(Restarts.LONGEST_WAIT);
        assertThat(restarts.failed(now)).isEqualTo(Restarts.LONGEST_WAIT);
    }

    private void live(Duration life) {
        restarts.started(now);
        now += life.toNanos();
    }

    private Duration waitBeforeNextStart() {
        long end = now;
        while (!restarts.mayStart(now)) {
            now += Duration.ofMillis(100).toNanos();
        }
        return Duration.ofNanos(now - end);
    }
}
