package io.belfry.localstack.command;

import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.system.Stack;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/** The folder of a stack, held by one running stack at a time. */
final class LocalFolder implements AutoCloseable {

    private final Path folder;
    private final FileChannel lockFile;
    private final boolean leftBehind;

    private LocalFolder(Path folder, FileChannel lockFile, boolean leftBehind) {
        this.folder = folder;
        this.lockFile = lockFile;
        this.leftBehind = leftBehind;
    }

    /** The process that holds the folder now; a number that was left behind by a killed one does not count. */
    static Optional<ProcessHandle> holder(Path folder) {
        Path pid = folder.resolve("pid");
        try (FileChannel lockFile = FileChannel.open(folder.resolve("lock"), StandardOpenOption.WRITE)) {
            return lockFile.tryLock() == null
                    ? ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                    : Optional.empty();
        } catch (NoSuchFileException neverHeld) {
            return Optional.empty();
        } catch (IOException | NumberFormatException e) {
            throw new ProcessFailedException("cannot read " + pid + ": " + e.getMessage(), e);
        }
    }

    /** @throws ProcessFailedException when another stack holds it */
    static LocalFolder hold(Path folder) {
        try {
            Files.createDirectories(folder);
            FileChannel lockFile =
                    FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            Path pid = folder.resolve("pid");
            // The operating system lets go of the lock when its holder is gone, however it went.
            FileLock lock = lockFile.tryLock();
            if (lock == null) {
                lockFile.close();
                throw new ProcessFailedException("The stack is already up; ./dev down stops it.");
            }
            boolean leftBehind = Files.exists(pid);
            Files.writeString(pid, ProcessHandle.current().pid() + "\n");
            return new LocalFolder(folder, lockFile, leftBehind);
        } catch (IOException e) {
            throw new ProcessFailedException("cannot write to " + folder + ": " + e.getMessage(), e);
        }
    }

    /** Whether the former holder went without a goodbye: its processes may take some seconds to end. */
    boolean leftBehind() {
        return leftBehind;
    }

    /** The key that signs the demo's tokens: made at random once, readable by its owner alone. */
    String demoSecret() {
        Path file = folder.resolve("jwt-secret");
        try {
            if (!Files.exists(file)) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(file, Stack.randomSecret());
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ProcessFailedException("cannot keep the demo's secret in " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(folder.resolve("pid"));
            lockFile.close();
        } catch (IOException e) {
            throw new ProcessFailedException("cannot let go of " + folder + ": " + e.getMessage(), e);
        }
    }
}
