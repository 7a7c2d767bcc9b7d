package io.belfry.admin;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Properties;

/** What is done by hand is written down in the table {@code audit_log}, under the name of the account that runs this program. */
public final class OperatorAudit {

    /** What the option {@code --unaudited} does. */
    public static final String UNAUDITED = "also if the audit log, in the database, cannot be written";

    private OperatorAudit() {}

    /** A connection to the installation's database, which gives up in seconds. */
    public static Connection connect(AdminSettings settings) throws SQLException {
        Properties login = new Properties();
        login.put("user", settings.databaseUser());
        login.put("password", settings.databasePassword());
        login.put("connectTimeout", "5");
        login.put("socketTimeout", "30");
        return DriverManager.getConnection(settings.databaseUrl(), login);
    }

    /**
     * Writes down what is about to be done.
     *
     * @param action one word, as docs/security.md lists them
     * @param object to what
     * @throws CommandFailedException if it cannot: then it is not to be done
     */
    public static void write(AdminSettings settings, String action, String object) {
        try (Connection connection = connect(settings)) {
            write(connection, action, object);
        } catch (SQLException e) {
            throw new CommandFailedException(
                    "PostgreSQL at " + settings.databaseUrl() + ": " + e.getMessage()
                            + "; nothing is done that the audit log does not have (--unaudited does it all the same)",
                    e);
        }
    }

    /** As {@link #write(AdminSettings, String, String)}, in the transaction of what is done. */
    public static void write(Connection connection, String action, String object) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO audit_log (actor, action, object, address) VALUES (?, ?, ?, ?)")) {
            insert.setString(1, "operator:" + System.getProperty("user.name"));
            insert.setString(2, action);
            insert.setString(3, object);
            insert.setString(4, host());
            insert.executeUpdate();
        }
    }

    private static String host() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown";
        }
    }
}
