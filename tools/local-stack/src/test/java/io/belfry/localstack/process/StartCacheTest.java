package io.belfry.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartCacheTest {

    private static final boolean KNOWN = Runtime.version().feature() >= 25;

    private static final Instant BUILT = Instant.parse("2026-11-01T12:00:00Z");

    @TempDir
    private Path folder;

    private StartCache cache;

    @BeforeEach
    void jar() throws IOException {
        Path jar = Files.createFile(folder.resolve("service.jar"));
        Files.setLastModifiedTime(jar, FileTime.from(BUILT));
        cache = new StartCache(jar);
    }

    @Test
    void isUsedOnlyWhenItIsNewerThanAllJarsAndTheJvmKnowsIt() throws IOException {
        assertThat(cache.quickStart()).as("none").isEmpty();
        keep(BUILT.minusSeconds(1));
        assertThat(cache.quickStart()).as("of a former build").isEmpty();
        keep(BUILT);
        assertThat(cache.quickStart()).as("of the moment of the build").isEmpty();
        keep(BUILT.plusSeconds(1));
        assertThat(cache.quickStart().contains("-XX:AOTCache=" + folder.resolve("service.aot")))
                .isEqualTo(KNOWN);
        Path library =
                Files.createFile(Files.createDirectory(folder.resolve("lib")).resolve("library.jar"));
        Files.setLastModifiedTime(library, FileTime.from(BUILT.plusSeconds(2)));
        assertThat(cache.quickStart()).as("of a former build of a library").isEmpty();
    }

    @Test
    void aRunIsKeptBesideTheOneInUse() {
        assertThat(cache.training())
                .isEqualTo(KNOWN ? List.of("-XX:AOTCacheOutput=" + folder.resolve("service.aot.new")) : List.of());
    }

    @Test
    void aJvmDoesWithoutOneThatDoesNotFitAndSaysNothing() throws Exception {
        assumeThat(KNOWN).isTrue();
        keep(BUILT.plusSeconds(1));
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(cache.quickStart());
        command.add(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("--version");

        Process java = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();

        assertThat(java.waitFor(Duration.ofSeconds(30).toMillis(), TimeUnit.MILLISECONDS))
                .isTrue();
        assertThat(java.exitValue()).isZero();
        assertThat(output).content().startsWith("openjdk").doesNotContainIgnoringCase("aot");
    }

    private void keep(Instant moment) throws IOException {
        Path file = Files.writeString(folder.resolve("service.aot"), "kept by another JVM");
        Files.setLastModifiedTime(file, FileTime.from(moment));
    }
}
