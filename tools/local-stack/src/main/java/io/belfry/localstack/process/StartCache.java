package io.belfry.localstack.process;

import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a JVM keeps of one run of a jar, beside the jar: with it the next runs start in half the time
 * (https://openjdk.org/jeps/514, from JDK 25 on). One of another JVM, or of jars of other sizes, the JVM itself refuses and
 * starts without; a change that leaves the size as it was it does not see.
 */
public record StartCache(Path jar) {

    /** An older JVM does not know the options and would not start. */
    private static final boolean KNOWN = Runtime.version().feature() >= 25;

    private Path file() {
        return jar.resolveSibling(jar.getFileName().toString().replaceFirst("\\.jar$", ".aot"));
    }

    /** Options of a JVM that starts from it; none if it is not there or older than the jar or a library beside that. */
    public List<String> quickStart() {
        boolean fits = KNOWN && file().toFile().lastModified() > newest();
        // Its remarks would stand among a program's own words.
        return fits ? List.of("-XX:AOTCache=" + file(), "-Xlog:aot*=off") : List.of();
    }

    private long newest() {
        File[] libraries = jar.resolveSibling("lib").toFile().listFiles((folder, name) -> name.endsWith(".jar"));
        return Stream.concat(Stream.of(jar.toFile()), Stream.of(libraries == null ? new File[0] : libraries))
                .mapToLong(File::lastModified)
                .max()
                .orElseThrow();
    }

    /** Options of a JVM that keeps this run, when it ends, in a file with {@code .new} at the end of its name. */
    public List<String> training() {
        return KNOWN ? List.of("-XX:AOTCacheOutput=" + file() + ".new") : List.of();
    }
}
