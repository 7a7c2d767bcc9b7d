package io.belfry.chaos.harness;

import io.belfry.kit.database.Database;
import io.belfry.kit.database.Database.Work;
import io.belfry.kit.system.NotificationSystem;
import java.time.Duration;
import java.util.Locale;

/** How busy the database is, by what it counts itself. For one thread. */
public final class DatabaseLoad {

    /**
     * Of a window of time, for each second.
     *
     * @param queries statements
     * @param busyMillis time spent on them, of all connections together
     */
    public record Rate(double queries, double busyMillis) {

        /** The higher one in each. */
        public Rate highest(Rate other) {
            return new Rate(Math.max(queries, other.queries), Math.max(busyMillis, other.busyMillis));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%.0f queries, busy %.0f ms", queries, busyMillis);
        }
    }

    private final Database database;

    public DatabaseLoad(NotificationSystem system) {
        this.database = system.database();
        system.servers().postgres().showStatements(system.stack().jdbcUrl());
    }

    /** Lets the time pass. */
    public Rate over(Duration window) {
        Work before = database.work();
        long began = System.nanoTime();
        Arena.pass(window);
        Work after = database.work();
        double seconds = (System.nanoTime() - began) / 1e9;
        return new Rate(
                (after.queries() - before.queries()) / seconds,
                (after.executionMillis() - before.executionMillis()) / seconds);
    }
}
