package io.belfry.runtime.periodic;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeriodicTasksTest {

    @ParameterizedTest
    @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class, OutOfMemoryError.class})
    void runsATaskAgainHoweverItEnded(Class<? extends Throwable> ending) {
        AtomicInteger runs = new AtomicInteger();
        try (PeriodicTasks tasks = new PeriodicTasks("test", 1)) {
            tasks.every(Duration.ofMillis(1), () -> {
                runs.incrementAndGet();
                throw PeriodicTasksTest.<RuntimeException>made(ending);
            });
            await().until(() -> runs.get() >= 3);
        }
    }

    @Test
    void runsTasksSideBySide() {
        AtomicInteger runs = new AtomicInteger();
        try (PeriodicTasks tasks = new PeriodicTasks("test", 2)) {
            tasks.every(Duration.ofHours(1), () -> await().forever().until(() -> runs.get() > 0));
            tasks.every(Duration.ofMillis(1), runs::incrementAndGet);
            await().until(() -> runs.get() >= 3);
        }
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> T made(Class<? extends Throwable> type) throws T {
        try {
            throw (T) type.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
