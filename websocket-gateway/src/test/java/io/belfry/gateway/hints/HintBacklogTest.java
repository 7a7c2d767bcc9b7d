package io.belfry.gateway.hints;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.hints.HintBacklog.Entry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class HintBacklogTest {

    private final HintBacklog backlog = new HintBacklog(10);

    private static List<Recipient> users(long from, long to) {
        return LongStream.rangeClosed(from, to)
                .mapToObj(user -> new Recipient(user, user, 0))
                .toList();
    }

    private List<Long> take(int max) {
        return backlog.take(max).stream().map(entry -> entry.recipient().user()).toList();
    }

    @Test
    void givesTheOldestFirstAcrossEvents() {
        backlog.add("e1", users(1, 3));
        backlog.add("e2", users(4, 5));

        assertThat(take(2)).containsExactly(1L, 2L);
        assertThat(backlog.take(9))
                .containsExactly(
                        new Entry("e1", new Recipient(3, 3, 0)),
                        new Entry("e2", new Recipient(4, 4, 0)),
                        new Entry("e2", new Recipient(5, 5, 0)));
    }

    @Test
    void dropsTheOldestWhenItIsFullAndCountsThem() {
        assertThat(backlog.add("e1", users(1, 4))).isZero();
        assertThat(take(1)).containsExactly(1L);
        assertThat(backlog.add("e1", users(5, 10))).isZero();
        assertThat(backlog.add("e1", users(11, 12))).isEqualTo(3);

        assertThat(take(20)).containsExactly(5L, 6L, 7L, 8L, 9L, 10L, 11L, 12L);
    }

    @Test
    void forgetsAllAndGoesOn() {
        backlog.add("e1", users(1, 4));
        take(1);
        assertThat(backlog.clear()).isEqualTo(3);
        backlog.add("e1", users(7, 7));

        assertThat(take(20)).containsExactly(7L);
        assertThat(take(20)).isEmpty();
    }

    @Test
    void isAwaitedUntilThereIsSomething() throws Exception {
        CompletableFuture<List<Long>> taken = new CompletableFuture<>();
        Thread writer = new Thread(() -> {
            try {
                backlog.await();
                taken.complete(take(1));
            } catch (InterruptedException e) {
                taken.completeExceptionally(e);
            }
        });
        writer.start();
        assertThat(taken).isNotDone();
        backlog.add("e1", users(1, 1));

        assertThat(taken.get()).containsExactly(1L);
    }

    /** An event that is read again lowers nothing; a later epoch does, however low it begins. */
    @Test
    void leavesTheNewestOfEachInbox() {
        assertThat(HintBacklog.newest(List.of(
                        entry("e1", 6, 19),
                        entry("e1", 7, 19),
                        entry("e1", 8, 5),
                        entry("e1", 8, 6),
                        entry("e1", 7, 18),
                        entry("e2", 6, 1))))
                .isEqualTo(Map.of(
                        "e1", List.of(new Recipient(7, 19, 0), new Recipient(8, 6, 0)),
                        "e2", List.of(new Recipient(6, 1, 0))));
    }

    private static Entry entry(String epoch, long user, long seq) {
        return new Entry(epoch, new Recipient(user, seq, 0));
    }
}
