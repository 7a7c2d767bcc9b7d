package io.belfry.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {

    private static final Readiness AT_ONCE = () -> {};

    @TempDir
    private Path folder;

    private ChildProcess child;

    @AfterEach
    void nothingIsLeft() {
        if (child != null) {
            child.kill();
        }
    }

    @Test
    void saysInOneLineWhyAProcessDidNotComeUp() {
        child = shell("echo starting; echo 'FATAL: no such thing'; echo bye; exit 3", () -> {
            throw new IOException("not there");
        });

        assertThatThrownBy(child::start)
                .isInstanceOf(ProcessFailedException.class)
                .hasMessageContaining("stub stopped with exit code 3: FATAL: no such thing")
                .hasMessageContaining("stub.log")
                .message()
                .doesNotContain("\n");
        assertThat(child.isRunning()).isFalse();
    }

    @Test
    void killsAProcessThatIsNotReadyInTime() {
        child = shell("exec sleep 100", () -> {
            throw new IOException("still thinking");
        });

        assertThatThrownBy(child::start).hasMessageContaining("stub is not ready after 1 s (still thinking)");
        assertThat(child.isRunning()).isFalse();
    }

    @Test
    void anotherServersReadinessDoesNotCountForADeadProcess() {
        // As when a foreign server listens on the port: it answers, but ours has ended.
        child = shell("exit 1", () -> await().until(() -> !child.isRunning()));

        assertThatThrownBy(child::start).hasMessageContaining("stopped with exit code 1");
    }

    @Test
    void killsWhatDoesNotStopWhenAsked() {
        child = shell("trap '' TERM; echo deaf; while true; do sleep 0.1; done", this::logIsWritten);
        child.start();

        child.stop();

        assertThat(child.isRunning()).isFalse();
    }

    @Test
    void stopsAFrozenProcessInItsOwnWay() {
        child = shell("trap 'echo goodbye; exit 0' TERM; echo up; while true; do sleep 0.05; done", this::logIsWritten);
        child.start();
        child.suspend();
        assertThat(child.isRunning()).isTrue();

        child.stop();

        assertThat(child.isRunning()).isFalse();
        assertThat(log()).contains("goodbye");
    }

    @Test
    void killTakesItsChildrenToo() {
        child = shell("sleep 100 & echo $!; wait", this::logIsWritten);
        child.start();
        long grandchild = Long.parseLong(log().strip());

        child.kill();

        await().atMost(Duration.ofSeconds(5)).until(() -> isGone(grandchild));
    }

    @Test
    void startsAgainAfterAKillAndOnlyThen() {
        child = shell("echo life; exec sleep 100", AT_ONCE);
        child.start();
        long first = child.pid();
        child.start();
        assertThat(child.pid()).isEqualTo(first);
        child.kill();

        child.start();

        assertThat(child.pid()).isNotEqualTo(first);
        await().atMost(Duration.ofSeconds(5)).until(() -> log().lines().count() == 2);
    }

    @Test
    void saysThatAProgramIsMissing() {
        child = new ChildProcess(spec(List.of("/no/such/program")), AT_ONCE);

        assertThatThrownBy(child::start).hasMessageContaining("stub cannot be started");
        assertThat(child.isRunning()).isFalse();
    }

    private ChildProcess shell(String script, Readiness readiness) {
        return new ChildProcess(spec(List.of("sh", "-c", script)), readiness);
    }

    private ProcessSpec spec(List<String> command) {
        return new ProcessSpec(
                "stub",
                command,
                Map.of(),
                folder,
                folder.resolve("stub.log"),
                "TERM",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
    }

    private void logIsWritten() {
        if (log().isEmpty()) {
            throw new IllegalStateException("nothing written");
        }
    }

    private String log() {
        try {
            return Files.readString(folder.resolve("stub.log"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isGone(long pid) {
        return ProcessHandle.of(pid).map(process -> !process.isAlive()).orElse(true);
    }
}
