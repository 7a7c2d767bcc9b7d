package io.belfry.gateway.transport.handshake;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptRateTest {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Against the plainest form of the rule, over a clock that wraps around on the way. */
    @Test
    void letsNoMoreInWithinAnySecondAndNoFewer() {
        Random random = new Random(7);
        long now = Long.MAX_VALUE - 100 * SECOND;
        AcceptRate rate = new AcceptRate(10, now);
        Deque<Long> taken = new ArrayDeque<>();
        int refused = 0;
        for (int i = 0; i < 5_000; i++) {
            now += random.nextLong(i % 1_000 < 500 ? SECOND / 20 : SECOND / 5);
            while (!taken.isEmpty() && now - taken.peekFirst() >= SECOND) {
                taken.removeFirst();
            }
            boolean expected = taken.size() < 10;
            if (expected) {
                taken.addLast(now);
            } else {
                refused++;
            }
            assertThat(rate.take(now)).as("handshake %d", i).isEqualTo(expected);
        }
        assertThat(refused).isPositive();
    }

    @Test
    void givesEachAddressATenthWithoutAGoodToken() throws UnknownHostException {
        AcceptRate rate = new AcceptRate(100, 0);
        InetAddress one = InetAddress.getByName("10.0.0.1");
        InetAddress other = InetAddress.getByName("10.0.0.2");

        for (int i = 0; i < 30; i++) {
            assertThat(rate.takeUnproven(one, SECOND)).as("handshake %d", i).isEqualTo(i < 10);
        }
        assertThat(rate.takeUnproven(other, SECOND)).isTrue();
        assertThat(rate.takeUnproven(one, 2 * SECOND)).isTrue();
        assertThat(new AcceptRate(1, 0).takeUnproven(one, SECOND)).isTrue();
    }

    @Test
    void hasNoLimitAtZero() {
        AcceptRate rate = new AcceptRate(0, 0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(rate.take(0)).isTrue();
            assertThat(rate.takeUnproven(InetAddress.getLoopbackAddress(), 0)).isTrue();
        }
    }
}
