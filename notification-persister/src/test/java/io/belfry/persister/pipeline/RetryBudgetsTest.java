package io.belfry.persister.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetryBudgetsTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RetryBudgets budgets = new RetryBudgets(Duration.ofMinutes(5), nanos::get);
    private final RetryBudgets.Budget budget = budgets.begin();

    @Test
    void lastsWhileOtherRecordsAreStored() {
        for (int i = 0; i < 5; i++) {
            assertThat(budget.isExhausted()).isFalse();
            budgets.madeProgress();
            advance(Duration.ofMinutes(1));
            budget.failedAgain(true);
        }
        assertThat(budget.isExhausted()).isTrue();
    }

    @Test
    void doesNotCountAnOutage() {
        for (int i = 0; i < 100; i++) {
            advance(Duration.ofMinutes(10));
            budget.failedAgain(true);
        }
        assertThat(budget.isExhausted()).as("no other record was served").isFalse();
        advance(Duration.ofMinutes(4));
        budgets.madeProgress();
        budget.failedAgain(true);
        assertThat(budget.isExhausted()).isFalse();
        advance(Duration.ofMinutes(1));
        budgets.madeProgress();
        budget.failedAgain(true);
        assertThat(budget.isExhausted()).isTrue();
    }

    @Test
    void pausesLongerEachTimeUpToTenSeconds() {
        for (int expected : new int[] {1, 2, 4, 8, 10, 10}) {
            advance(Duration.ofSeconds(expected).minusMillis(1));
            assertThat(budget.isDue()).isFalse();
            advance(Duration.ofMillis(1));
            assertThat(budget.isDue()).isTrue();
            budget.failedAgain(true);
        }
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }
}
