package io.belfry.gateway.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.gateway.support.LoggedErrors;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final Deadlines sweep = new Deadlines();
    private final List<String> swept = new ArrayList<>();

    private class Item implements Deadlines.Swept {
        private final String name;
        private boolean abandoned;
        private Runnable action = () -> {};

        Item(String name) {
            this.name = name;
            sweep.add(this);
        }

        @Override
        public void sweep(long nowMillis) {
            swept.add(name);
            action.run();
        }

        @Override
        public void abandon() {
            abandoned = true;
            sweep.remove(this);
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
            sweep.run(0);
            sweep.run(0);

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
        b.action = () -> sweep.remove(b);
        Item c = new Item("c");
        Item d = new Item("d");
        c.action = () -> sweep.remove(d);
        d.action = () -> sweep.remove(c);

        sweep.run(0);
        assertThat(swept).hasSize(3).contains("a", "b").containsAnyOf("c", "d");

        swept.clear();
        sweep.remove(a);
        sweep.remove(a);
        sweep.run(0);
        assertThat(swept).hasSize(1).containsAnyOf("c", "d");

        sweep.abandonAll();
        swept.clear();
        sweep.run(0);
        assertThat(swept).isEmpty();
    }
}
