package io.belfry.runtime.postgres;

import io.belfry.runtime.settings.Variables;

/**
 * Where the database is.
 *
 * @param poolSize most connections, at least 1
 */
public record PostgresSettings(String url, String user, String password, int poolSize) {

    /**
     * Reads {@code BELFRY_DATABASE_URL}, {@code _USER}, {@code _PASSWORD} and {@code _POOL_SIZE}.
     *
     * @param minPoolSize what the service cannot work with less of
     * @throws IllegalArgumentException naming the variable that is wrong
     */
    public static PostgresSettings of(Variables variables, int minPoolSize) {
        String url = variables.text("BELFRY_DATABASE_URL", "jdbc:postgresql://127.0.0.1:15432/belfry");
        if (!url.startsWith("jdbc:postgresql:")) {
            throw Variables.invalid("BELFRY_DATABASE_URL", "must begin with jdbc:postgresql:");
        }
        return new PostgresSettings(
                url,
                variables.text("BELFRY_DATABASE_USER", "belfry"),
                variables.text("BELFRY_DATABASE_PASSWORD", ""),
                variables.number("BELFRY_DATABASE_POOL_SIZE", 8, minPoolSize, 1_000));
    }

    /** The same database as another role. */
    public PostgresSettings withAccount(String otherUser, String otherPassword) {
        return new PostgresSettings(url, otherUser, otherPassword, poolSize);
    }

    @Override
    public String toString() {
        return "PostgresSettings[url=" + url + ", user=" + user + "]";
    }
}
