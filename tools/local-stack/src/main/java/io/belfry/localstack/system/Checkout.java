package io.belfry.localstack.system;

import io.belfry.localstack.process.ProcessFailedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The checkout that this runs in, where the services' jars are built. */
public final class Checkout {

    private final Path root;

    private Checkout(Path root) {
        this.root = root;
    }

    /** The checkout whose top is {@code root}. */
    public static Checkout at(Path root) {
        return new Checkout(root.toAbsolutePath());
    }

    /** The checkout around the working directory: the nearest folder upwards that holds the script {@code dev}. */
    public static Checkout current() {
        Path here = Path.of("").toAbsolutePath();
        for (Path folder = here; folder != null; folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("dev")) && Files.isRegularFile(folder.resolve("pom.xml"))) {
                return new Checkout(folder);
            }
        }
        throw new ProcessFailedException(here + " is not inside a checkout of Belfry");
    }

    public Path root() {
        return root;
    }

    /** @throws ProcessFailedException when it is not built */
    public Path jar(ServiceKind kind) {
        Path jar = root.resolve(kind.module() + "/target/" + kind.module() + ".jar");
        if (!Files.isRegularFile(jar)) {
            throw new ProcessFailedException(kind.title() + " is not built: " + jar + " is missing");
        }
        return jar;
    }

    /** Where a service's JVM keeps what it learned of its jar in a start, if it was told to: https://openjdk.org/jeps/514. */
    Path startCache(ServiceKind kind) {
        return jar(kind).resolveSibling(kind.module() + ".aot");
    }

    /** Options with which a JVM starts in half the time, if it was trained with the jar of now. */
    List<String> quickStart(ServiceKind kind) {
        Path cache = startCache(kind);
        // An older JVM does not know the option and would not start.
        boolean fits = Runtime.version().feature() >= 25
                && cache.toFile().lastModified() > jar(kind).toFile().lastModified();
        // The warnings are of what JDK 25 keeps and does not find again, and makes anew.
        return fits ? List.of("-XX:AOTCache=" + cache, "-Xlog:aot*=error") : List.of();
    }
}
