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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SupervisorTest {

    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final FakeProcess steady = new FakeProcess("steady");
    private final FakeProcess shaky = new FakeProcess("shaky");

    @Test
    void startsADeadProcessAgainAndSaysSoOnce() throws Exception {
        try (Supervisor supervisor = new Supervisor(List.of(steady, shaky), said::add)) {
            assertThat(supervisor).isNotNull();
            shaky.running = false;

            assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("shaky had stopped; it runs again");
            assertThat(shaky.running).isTrue();
            assertThat(steady.starts).hasValue(0);
        }
        assertThat(said).isEmpty();
    }

    @Test
    void saysWhatKeepsAProcessFromComingBackAndTriesAgain() throws Exception {
        try (Supervisor supervisor = new Supervisor(List.of(shaky), said::add)) {
            assertThat(supervisor).isNotNull();
            shaky.failing = true;
            shaky.running = false;

            assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("shaky does not come back: broken; next attempt in");
            shaky.failing = false;
            assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("shaky had stopped; it runs again");
        }
    }

    @Test
    void startsAProcessAgainAfterAnErrorAtItsStart() throws Exception {
        shaky.errorsOfStart.add(new NoClassDefFoundError("on purpose"));
        try (Supervisor supervisor = new Supervisor(List.of(shaky), said::add)) {
            assertThat(supervisor).isNotNull();
            shaky.running = false;

            assertThat(said.poll(10, TimeUnit.SECONDS))
                    .startsWith(
                            "shaky does not come back: java.lang.NoClassDefFoundError: on purpose; next attempt in");
            assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("shaky had stopped; it runs again");
        }
    }

    @Test
    void goesOnWatchingAfterErrorsAndTellsEachKindOnce() throws Exception {
        shaky.errorsOfLook.add(new StackOverflowError("first"));
        shaky.errorsOfLook.add(new StackOverflowError("second"));
        shaky.running = false;
        try (Supervisor supervisor = new Supervisor(List.of(shaky), said::add)) {
            assertThat(supervisor).isNotNull();

            assertThat(said.poll(10, TimeUnit.SECONDS))
                    .isEqualTo("shaky cannot be watched: java.lang.StackOverflowError: first; trying again");
            assertThat(said.poll(10, TimeUnit.SECONDS)).startsWith("shaky had stopped; it runs again");
        }
    }

    @Test
    void goesOnWatchingThoughItCannotSaySo() {
        shaky.running = false;
        Consumer<String> mute = line -> {
            throw new OutOfMemoryError("on purpose");
        };
        try (Supervisor supervisor = new Supervisor(List.of(shaky), mute)) {
            assertThat(supervisor).isNotNull();
            await().atMost(Duration.ofSeconds(10)).until(() -> shaky.starts.get() == 1);
            shaky.running = false;
            await().atMost(Duration.ofSeconds(10)).until(() -> shaky.starts.get() == 2);
        }
    }

    @Test
    void leavesProcessesAloneOnceItIsClosed() {
        Supervisor supervisor = new Supervisor(List.of(shaky), said::add);
        supervisor.close();
        shaky.running = false;

        await().during(Duration.ofMillis(600)).atMost(Duration.ofSeconds(2)).until(() -> shaky.starts.get() == 0);
    }

    private static final class FakeProcess implements ControlledProcess {

        private final String name;
        private final AtomicInteger starts = new AtomicInteger();

        /** Thrown one by one, each instead of an answer. */
        private final Queue<Error> errorsOfLook = new ConcurrentLinkedQueue<>();

        private final Queue<Error> errorsOfStart = new ConcurrentLinkedQueue<>();
        private volatile boolean running = true;
        private volatile boolean failing;

        FakeProcess(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void start() {
            failWith(errorsOfStart.poll());
            if (failing) {
                throw new ProcessFailedException("broken");
            }
            starts.incrementAndGet();
            running = true;
        }

        @Override
        public void stop() {
            running = false;
        }

        @Override
        public void kill() {
            running = false;
        }

        @Override
        public void suspend() {}

        @Override
        public void resume() {}

        @Override
        public boolean isRunning() {
            failWith(errorsOfLook.poll());
            return running;
        }

        private static void failWith(@Nullable Error error) {
            if (error != null) {
                throw error;
            }
        }
    }
}
