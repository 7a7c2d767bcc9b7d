package io.belfry.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.gateway.support.LoggedErrors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private static final long PERIOD = 10;

    private final Deadlines deadlines = new Deadlines();
    private final List<String> swept = new ArrayList<>();

    private class Item implements Deadlines.Swept {
        private final String name;
        private final Deadlines.Deadline deadline;
        private boolean abandoned;
        private Runnable action = () -> {};

        Item(String name) {
            this.name = name;
            this.deadline = deadlines.add(this, 0);
        }

        @Override
        public long sweep(long nowMillis) {
            swept.add(name);
            action.run();
            return nowMillis + PERIOD;
        }

        @Override
        public void abandon() {
            abandoned = true;
            deadline.remove();
        }
    }

    @Test
    void hangsUpOnOneThatFailsAndGoesOn() {
        Item a = new Item("a");
        Item b = new Item("b");
        Item c = new Item("c");
        b.action = () -> {
            throw new StackOverflowError("on purpose");
        };

        try (LoggedErrors told = new LoggedErrors(Deadlines.class)) {
            deadlines.run(0);
            deadlines.run(PERIOD);

            told.assertLogged(StackOverflowError.class);
        }
        assertThat(swept).containsExactlyInAnyOrder("c", "b", "a", "c", "a");
        assertThat(b.abandoned).isTrue();
        assertThat(List.of(a.abandoned, c.abandoned)).containsOnly(false);
    }

    @Test
    void sweepsEachOnceThoughTheyRemoveThemselvesAndEachOther() {
        Item a = new Item("a");
        Item b = new Item("b");
        b.action = () -> b.deadline.remove();
        Item c = new Item("c");
        Item d = new Item("d");
        c.action = () -> d.deadline.remove();
        d.action = () -> c.deadline.remove();

        deadlines.run(0);
        assertThat(swept).hasSize(3).contains("a", "b").containsAnyOf("c", "d");

        swept.clear();
        a.deadline.remove();
        a.deadline.remove();
        deadlines.run(PERIOD);
        assertThat(swept).hasSize(1).containsAnyOf("c", "d");

        deadlines.abandonAll();
        swept.clear();
        deadlines.run(2 * PERIOD);
        assertThat(swept).isEmpty();
    }

    @Test
    void sweepsWhatIsDueAndNothingElse() {
        Item early = new Item("early");
        Item late = new Item("late");
        late.deadline.set(PERIOD + 1);

        deadlines.run(PERIOD - 1);
        assertThat(swept).containsExactly("early");

        early.deadline.set(PERIOD);
        deadlines.run(PERIOD);
        assertThat(swept).containsExactly("early", "early");

        deadlines.run(PERIOD + 1);
        assertThat(swept).containsExactly("early", "early", "late");
    }
}
