package io.belfry.localstack;

import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Server binaries unpacked from their jars, kept for the next start: in the user's cache folder, one folder a version. */
final class UnpackCache {

    interface Unpacker {
        void unpackInto(Path folder) throws IOException;
    }

    private UnpackCache() {}

    /**
     * The folder of that name, unpacked if it is not there yet. Processes that unpack at the same time do not disturb
     * each other: a folder appears whole or not at all.
     */
    static Path folder(String name, Unpacker unpacker) {
        try {
            Path folder = root().resolve(name);
            if (!Files.isDirectory(folder)) {
                Path fresh = Files.createTempDirectory(root(), name + ".");
                unpacker.unpackInto(fresh);
                try {
                    Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
                } catch (FileSystemException beaten) {
                    if (!Files.isDirectory(folder)) {
                        throw beaten;
                    }
                    delete(fresh);
                }
            }
            return folder;
        } catch (IOException e) {
            throw new ProcessFailedException("cannot unpack " + name + ": " + e.getMessage(), e);
        }
    }

    private static Path root() throws IOException {
        Path home = Path.of(System.getProperty("user.home"));
        Path root = Files.isWritable(home)
                ? home.resolve(".cache/belfry")
                : Path.of(System.getProperty("java.io.tmpdir"), "belfry-cache-" + System.getProperty("user.name"));
        return Files.createDirectories(root);
    }

    /** Deletes a folder with all that is in it; links are not followed. */
    static void delete(Path folder) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> tree = Files.walk(folder)) {
            deepestFirst = tree.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }
}
