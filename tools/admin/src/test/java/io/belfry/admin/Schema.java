package io.belfry.admin;

import io.belfry.localstack.system.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Comparator;
import java.util.stream.Stream;

/** The persister's, which has no other owner. */
public final class Schema {

    private Schema() {}

    /** All but indexes that are made outside of transactions. */
    public static void create(String databaseUrl, String user) throws Exception {
        Path folder = Checkout.current().root().resolve("notification-persister/src/main/resources/db/migration");
        try (Connection connection = DriverManager.getConnection(databaseUrl, user, "");
                Statement statement = connection.createStatement();
                Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.toString().endsWith(".sql"))
                    .filter(file -> Files.notExists(Path.of(file + ".conf")))
                    .sorted(Comparator.comparingInt(Schema::versionOf))
                    .toList()) {
                statement.execute(Files.readString(file));
            }
        }
    }

    private static int versionOf(Path file) {
        String name = file.getFileName().toString();
        return Integer.parseInt(name.substring(1, name.indexOf("__")));
    }
}
