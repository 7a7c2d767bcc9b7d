package io.belfry.runtime.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.postgresql.jdbc.PgConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * New connections whose sessions have the limits that were asked for. PgBouncer in transaction mode lends another session
 * to each transaction: there, what one prepared another does not know, so nothing is prepared; and limits have to come
 * from the role, so they are looked at, and a connection without them is refused and says what is missing. Safe for use
 * by many threads.
 */
public final class PostgresSource extends PGSimpleDataSource {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresSource.class);

    /** An operator has to act: an outage, as {@link SqlFailure} has it. */
    private static final String CONFIGURATION = "F0000";

    private static final String PROTOCOL_VIOLATION = "08P01";

    private final transient List<String> limits;
    private transient volatile @Nullable String told;

    /**
     * @param service names the connections in the database's list of sessions
     * @param socketTimeout how long a statement may leave the socket silent; longer than the session's own limits
     * @param limits of each session, as {@code name=value}, the value as {@code SHOW} prints it
     */
    public PostgresSource(PostgresSettings settings, String service, Duration socketTimeout, List<String> limits) {
        this.limits = List.copyOf(limits);
        setUrl(settings.url());
        setUser(settings.user());
        setPassword(settings.password());
        // https://jdbc.postgresql.org/documentation/use/: seconds, and none of them has a limit by default.
        setConnectTimeout(2);
        setSocketTimeout((int) socketTimeout.toSeconds());
        setTcpKeepAlive(true);
        setApplicationName(service);
        setOptions(limits.stream().map(limit -> "-c " + limit).collect(Collectors.joining(" ")));
    }

    /** @throws SQLException also where a pooler does not give what is needed */
    @Override
    public Connection getConnection(@Nullable String user, @Nullable String password) throws SQLException {
        Connection connection = connect(user, password);
        try {
            if (isBehindPooler(connection)) {
                connection.unwrap(PgConnection.class).setPrepareThreshold(0);
                checkLimits(connection);
            }
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
        told = null;
        return connection;
    }

    private Connection connect(@Nullable String user, @Nullable String password) throws SQLException {
        try {
            return super.getConnection(user, password);
        } catch (SQLException e) {
            if (PROTOCOL_VIOLATION.equals(e.getSQLState())
                    && String.valueOf(e.getMessage()).contains("startup parameter")) {
                throw refused("A pooler refuses sessions with limits: its ignore_startup_parameters must have"
                        + " extra_float_digits and options (" + e.getMessage() + ")");
            }
            throw e;
        }
    }

    /** Whether another process than the database's session answers at the start of a connection. */
    public static boolean isBehindPooler(Connection connection) throws SQLException {
        int answering = connection.unwrap(PgConnection.class).getBackendPID();
        return !query(connection, "SELECT pg_backend_pid()").equals(Integer.toString(answering));
    }

    private void checkLimits(Connection connection) throws SQLException {
        List<String> missing = new ArrayList<>();
        for (String limit : limits) {
            String[] wanted = limit.split("=", 2);
            if (!query(connection, "SHOW " + wanted[0]).equals(wanted[1])) {
                missing.add("ALTER ROLE " + getUser() + " SET " + wanted[0] + " = '" + wanted[1] + "'");
            }
        }
        if (!missing.isEmpty()) {
            throw refused("The database is behind a pooler, whose sessions lack limits. Needed: "
                    + String.join("; ", missing) + "; then new sessions of the pooler");
        }
    }

    /** The pool tries again and again, and tells of none: it is said once. */
    private SQLException refused(String why) {
        if (!why.equals(told)) {
            LOG.error("{}", why);
            told = why;
        }
        return new SQLException(why, CONFIGURATION);
    }

    private static String query(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    /** Limits as {@code psql} takes them: {@code -c lock_timeout=2s -c …}. */
    static List<String> limits(String options) {
        return Stream.of(options.split("-c "))
                .map(String::strip)
                .filter(limit -> !limit.isEmpty())
                .toList();
    }
}
