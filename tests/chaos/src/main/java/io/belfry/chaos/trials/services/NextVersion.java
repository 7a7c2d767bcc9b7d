package io.belfry.chaos.trials.services;

import io.belfry.localstack.system.Checkout;
import io.belfry.localstack.system.ServiceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;

/**
 * The version after this one: the same jars, and in the persister's two more migrations, of the two kinds that there are. One
 * changes a table that every service uses, the other builds an index beside the work.
 */
final class NextVersion {

    static final String INDEX = "inbox_entry_pinned";

    private static final String ADD_COLUMNS = """
            ALTER TABLE inbox ADD COLUMN pinned integer NOT NULL DEFAULT 0;
            ALTER TABLE notification ADD COLUMN pinned_until timestamptz;
            ALTER TABLE inbox_entry ADD COLUMN pinned boolean NOT NULL DEFAULT false;
            """;

    private static final String BUILD_INDEX = """
            SET lock_timeout = 0;
            DROP INDEX CONCURRENTLY IF EXISTS inbox_entry_pinned;
            CREATE INDEX CONCURRENTLY inbox_entry_pinned ON inbox_entry (user_id, added_seq) WHERE NOT pinned;
            RESET lock_timeout;
            """;

    private NextVersion() {}

    /** Makes it of what is built in the checkout around. */
    static Checkout in(Path folder) {
        try {
            Checkout next = copyOf(Checkout.current(), folder);
            addMigrations(next.jar(ServiceKind.PERSISTER));
            return next;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addMigrations(Path persister) throws IOException {
        try (FileSystem jar = FileSystems.newFileSystem(persister)) {
            Path migrations = jar.getPath("db", "migration");
            int last = lastOf(migrations);
            Files.writeString(migrations.resolve("V" + (last + 1) + "__pins.sql"), ADD_COLUMNS);
            String index = "V" + (last + 2) + "__pins_index.sql";
            Files.writeString(migrations.resolve(index), BUILD_INDEX);
            Files.writeString(migrations.resolve(index + ".conf"), "executeInTransaction=false");
        }
    }

    /** Its built services once more in another folder, where they can be changed while these are run. */
    private static Checkout copyOf(Checkout built, Path folder) throws IOException {
        for (ServiceKind kind : ServiceKind.values()) {
            Path target = built.jar(kind).getParent();
            try (Stream<Path> files = Files.walk(target, 2)) {
                for (Path file :
                        files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                    Path copy = folder.resolve(built.root().relativize(file));
                    Files.createDirectories(copy.getParent());
                    Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
        return Checkout.at(folder);
    }

    private static int lastOf(Path migrations) throws IOException {
        try (Stream<Path> files = Files.list(migrations)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.matches("V\\d+__.*"))
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__"))))
                    .max()
                    .orElseThrow();
        }
    }
}
