package io.belfry.localstack;

import io.belfry.localstack.process.ProcessFailedException;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * PostgreSQL's programs for this machine. The library that carries them also starts servers, but hides their
 * processes behind {@code pg_ctl}; we want them as children of our own, so only its archive is used.
 */
final class PostgresBinaries {

    private PostgresBinaries() {}

    /** The command that runs one of PostgreSQL's programs. */
    static Stream<String> command(String program, String... arguments) {
        byte[] archive = archive();
        CRC32 checksum = new CRC32();
        checksum.update(archive);
        Path folder = UnpackCache.folder("postgres-%08x".formatted(checksum.getValue()), into -> unpack(archive, into));
        Stream<String> call =
                Stream.concat(Stream.of(folder.resolve("bin/" + program).toString()), Stream.of(arguments));
        // PostgreSQL refuses to run as root; in a user namespace of its own it runs as nobody and still owns our files.
        if (LinuxUtils.isUnshareAvailable()) {
            return Stream.concat(Stream.of("unshare", "-U"), call);
        }
        if ("root".equals(System.getProperty("user.name"))) {
            throw new ProcessFailedException(
                    "PostgreSQL does not run as root, and this system allows no user namespaces: start as another user");
        }
        return call;
    }

    private static byte[] archive() {
        String machine = System.getProperty("os.arch");
        try (InputStream archive = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(
                System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux",
                machine.equals("amd64") ? "x86_64" : machine)) {
            return archive.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(byte[] archive, Path folder) throws IOException {
        try (TarArchiveInputStream tar =
                new TarArchiveInputStream(new XZCompressorInputStream(new ByteArrayInputStream(archive)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, folder.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(InputStream content, TarArchiveEntry entry, Path target) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + target + " executable");
            }
        }
    }
}
