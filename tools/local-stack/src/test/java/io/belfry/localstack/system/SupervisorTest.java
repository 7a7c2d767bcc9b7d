package io.belfry.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SupervisorTest {

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final FakeProcess shaky = new FakeProcess();

    static Stream<Throwable> failures() {
        return Stream.of(new ProcessFailedException("on purpose"), new NoClassDefFoundError("on purpose"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void saysWhatKeepsAProcessFromComingBackAndTriesAgain(Throwable failure) throws Exception {
        shaky.failuresOfStart.add(failure);
        shaky.running = false;
        try (Supervisor supervisor = new Supervisor(List.of(shaky), said::add)) {
            assertThat(supervisor).isNotNull();
            String why = failure instanceof ProcessFailedException ? "on purpose" : failure.toString();
            assertThat(said.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("shaky does not come back: " + why + "; next attempt in 1 s");
            assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("shaky had stopped; it runs again");
        }
        assertThat(said).isEmpty();
    }

    @Test
    void goesOnWatchingThoughALookFailsAndItCannotSaySo() {
        shaky.failuresOfLook.add(new StackOverflowError("on purpose"));
        shaky.running = false;
        Consumer<String> mute = line -> {
            throw new OutOfMemoryError("on purpose");
        };
        try (Supervisor supervisor = new Supervisor(List.of(shaky), mute)) {
            assertThat(supervisor).isNotNull();
            await().atMost(Duration.ofSeconds(10)).until(() -> shaky.running);
            shaky.running = false;
            await().atMost(Duration.ofSeconds(10)).until(() -> shaky.running);
        }
    }

    @Test
    void leavesProcessesAloneOnceItIsClosed() {
        new Supervisor(List.of(shaky), said::add).close();
        shaky.running = false;

        await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(2)).until(() -> !shaky.running);
    }

    @Test
    void waitsLongerAfterEveryShortLifeAndForgivesALongOne() {
        Supervisor.Restarts restarts = new Supervisor.Restarts();

        assertThat(Stream.of(5, 59, 5, 5, 5, 5, 0, 0, 60, 5)
                        .map(life ->
                                restarts.waitAfter(Duration.ofSeconds(life)).toSeconds()))
                .containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 0L, 1L);
    }

    private static final class FakeProcess implements ControlledProcess {

        /** Thrown one by one, each instead of an answer. */
        private final Queue<Throwable> failuresOfLook = new ConcurrentLinkedQueue<>();

        private final Queue<Throwable> failuresOfStart = new ConcurrentLinkedQueue<>();
        private volatile boolean running = true;

        @Override
        public String name() {
            return "shaky";
        }

        @Override
        public void start() {
            failWith(failuresOfStart.poll());
            running = true;
        }

        @Override
        public boolean isRunning() {
            failWith(failuresOfLook.poll());
            return running;
        }

        @Override
        public void stop() {}

        @Override
        public void kill() {}

        @Override
        public void suspend() {}

        @Override
        public void resume() {}

        private static void failWith(@Nullable Throwable failure) {
            if (failure instanceof Error error) {
                throw error;
            } else if (failure instanceof RuntimeException exception) {
                throw exception;
            }
        }
    }
}
