package io.belfry.localstack.system;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

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

    /**
     * Its built services once more in another folder, where they can be changed while these are run.
     *
     * @throws ProcessFailedException when it is not built
     */
    public Checkout copyTo(Path folder) {
        Checkout copy = at(folder);
        for (ServiceKind kind : ServiceKind.values()) {
            Path jar = jar(kind);
            copyFile(jar, copy.place(kind));
            Path libraries = jar.resolveSibling("lib");
            if (Files.isDirectory(libraries)) {
                copyFolder(libraries, copy.place(kind).resolveSibling("lib"));
            }
        }
        return copy;
    }

    private static void copyFolder(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            files.forEach(file -> copyFile(file, to.resolve(file.getFileName())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void copyFile(Path from, Path to) {
        try {
            Files.createDirectories(to.toAbsolutePath().getParent());
            Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path place(ServiceKind kind) {
        return root.resolve(kind.module()).resolve("target").resolve(kind.module() + ".jar");
    }

    /** @throws ProcessFailedException when it is not built */
    public Path jar(ServiceKind kind) {
        Path jar = place(kind);
        if (!Files.isRegularFile(jar)) {
            throw new ProcessFailedException(kind.title() + " is not built: " + jar + " is missing");
        }
        return jar;
    }
}
