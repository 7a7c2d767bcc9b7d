package io.belfry.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameAllowanceTest {

    @Test
    void refusesTheFirstTooMany() {
        FrameAllowance allowance = new FrameAllowance(120, 60_000);
        for (int i = 0; i < 120; i++) {
            assertThat(allowance.take(i)).as("frame %d", i).isTrue();
        }
        assertThat(allowance.take(120)).isFalse();
        assertThat(allowance.take(59_999)).isFalse();
        assertThat(allowance.take(60_000)).isTrue();
        assertThat(allowance.take(60_000)).isFalse();
    }

    /** Against the plainest form of the rule, over a clock that wraps around on the way. */
    @Test
    void isExactAtAnyPace() {
        Random random = new Random(7);
        FrameAllowance allowance = new FrameAllowance(10, 1_000);
        Deque<Long> taken = new ArrayDeque<>();
        long now = Integer.MAX_VALUE - 50_000L;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextInt(200);
            while (!taken.isEmpty() && now - taken.peekFirst() >= 1_000) {
                taken.removeFirst();
            }
            boolean allowed = taken.size() < 10;
            assertThat(allowance.take(now)).as("at %d", now).isEqualTo(allowed);
            if (allowed) {
                taken.addLast(now);
            }
        }
    }
}
