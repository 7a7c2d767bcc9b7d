package io.belfry.localstack.system;

import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.StartCache;
import java.nio.file.Files;
import java.nio.file.Path;

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

    /** @throws ProcessFailedException when it is not built */
    StartCache startCache(ServiceKind kind) {
        return new StartCache(jar(kind));
    }
}
