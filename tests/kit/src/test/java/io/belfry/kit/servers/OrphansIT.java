package io.belfry.kit.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.localstack.Infrastructure;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A test run that is killed must leave neither processes nor folders behind, whatever state its servers are in. */
class OrphansIT {

    @TempDir
    private Path temporary;

    /** The JVM that gets killed. */
    static final class Parent {
        public static void main(String[] arguments) throws IOException {
            Infrastructure servers = TestServers.shared();
            servers.kafka();
            servers.redis();
            servers.postgres().suspend();
            System.out.println("up");
            System.in.read();
        }
    }

    @Test
    void killedTestRunLeavesNothingBehind() throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Parent.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output = parent.inputReader()) {
            assertThat(output.readLine()).isEqualTo("up");
        }
        List<ProcessHandle> family = parent.descendants().toList();
        assertThat(family).as("postgres and its workers, kafka, redis, guard").hasSizeGreaterThan(6);

        assertThat(testFolders()).hasSize(1);

        parent.destroyForcibly().waitFor();

        await().atMost(Duration.ofSeconds(20)).until(() -> family.stream().noneMatch(ProcessHandle::isAlive));
        await().atMost(Duration.ofSeconds(5)).until(() -> testFolders().isEmpty());
    }

    private List<Path> testFolders() throws IOException {
        try (Stream<Path> folders = Files.list(temporary)) {
            return folders.filter(path -> path.getFileName().toString().startsWith("belfry-test-"))
                    .toList();
        }
    }
}
