package io.belfry.bench.system;

import io.belfry.bench.measure.Samples;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What PostgreSQL itself needs: the same statements through {@code psql}, over one connection, without Kafka. */
public final class SqlFloor {

    /** As many as a persister adds in one transaction. */
    private static final int CHUNK = 1_000;

    /** Users and notifications of no scenario, so that nothing here is in the way of one. */
    private static final long FIRST_USER = 900_000_000;

    private static final long FIRST_NOTIFICATION = 4_000_000_000_000L;

    private final Belfry belfry;

    public SqlFloor(Belfry belfry) {
        this.belfry = belfry;
    }

    /** Milliseconds for a notification to so many users, who have inboxes; the first two rounds do not count. */
    public Samples fanOutMillis(int users, int rounds) {
        StringBuilder script = new StringBuilder();
        long notification = FIRST_NOTIFICATION + System.nanoTime() / 1_000_000;
        for (int round = 0; round < rounds + 2; round++) {
            script.append("SELECT 'at ' || extract(epoch FROM clock_timestamp());\n");
            for (int from = 0; from < users; from += CHUNK) {
                String chunk = LongStream.range(FIRST_USER + from, FIRST_USER + Math.min(users, from + CHUNK))
                        .mapToObj(String::valueOf)
                        .collect(Collectors.joining(",", "'{", "}'"));
                script.append(statements()
                        .replace(":users", chunk)
                        .replace(":notification", String.valueOf(notification + round)));
            }
        }
        script.append("SELECT 'at ' || extract(epoch FROM clock_timestamp());\n");
        List<Double> moments = psql(script.toString());
        Samples millis = new Samples("psql", "ms");
        for (int round = 2; round < rounds + 2; round++) {
            millis.add((moments.get(round + 1) - moments.get(round)) * 1000);
        }
        return millis;
    }

    /** Done at once, or autovacuum would do it beside what is measured next. */
    public void vacuum() {
        psql("VACUUM ANALYZE;");
    }

    private static String statements() {
        try (InputStream file = Objects.requireNonNull(SqlFloor.class.getResourceAsStream("/fanout.sql"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("--"))
                    .collect(Collectors.joining("\n", "", "\n"));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The moments that the script says. */
    private List<Double> psql(String script) {
        String url = belfry.stack().jdbcUrl().substring("jdbc:".length()).replace("//", "//belfry@");
        try {
            Process process = new ProcessBuilder("psql", "-X", "-q", "-t", "-A", "-v", "ON_ERROR_STOP=1", "-d", url)
                    .redirectErrorStream(true)
                    .start();
            Thread feeder = new Thread(() -> feed(process, script), "psql-script");
            feeder.start();
            String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.onExit().join().exitValue() != 0) {
                throw new ProcessFailedException(
                        "psql says: " + printed.substring(Math.max(0, printed.length() - 500)));
            }
            return printed.lines()
                    .filter(line -> line.startsWith("at "))
                    .map(line -> Double.valueOf(line.substring(3)))
                    .toList();
        } catch (IOException e) {
            throw new ProcessFailedException("psql cannot be run: " + e.getMessage(), e);
        }
    }

    private static void feed(Process process, String script) {
        try (var input = process.getOutputStream()) {
            input.write(script.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            process.destroy();
        }
    }
}
