package io.belfry.gateway.session;

import io.lettuce.core.RedisURI;
import java.util.Arrays;
import java.util.List;

/**
 * How Redis is reached and what is kept there.
 *
 * @param addresses one server, or several nodes of a cluster; {@code rediss://} for TLS; at least one
 * @param sessionsPerUser most sessions that a user has over all gateways, 1 or more
 */
public record RedisSettings(List<RedisURI> addresses, int sessionsPerUser) {

    public RedisSettings {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("no address of Redis");
        }
    }

    /**
     * @param urls separated by commas; more than one = a cluster
     * @throws IllegalArgumentException if one is no Redis URL
     */
    public static RedisSettings of(String urls, int sessionsPerUser) {
        return new RedisSettings(
                Arrays.stream(urls.split(","))
                        .map(String::trim)
                        .filter(url -> !url.isEmpty())
                        .map(RedisURI::create)
                        .toList(),
                sessionsPerUser);
    }

    boolean isCluster() {
        return addresses.size() > 1;
    }

    @Override
    public String toString() {
        return "RedisSettings[passwords are not shown]";
    }
}
