package io.belfry.runtime.redis;

import io.belfry.runtime.settings.Variables;
import io.lettuce.core.RedisURI;
import java.util.List;

/**
 * Where Redis is: {@code BELFRY_REDIS_URL}.
 *
 * @param nodes one server, or several nodes of a cluster; {@code rediss://} for TLS; at least one
 */
public record RedisAddresses(List<RedisURI> nodes) {

    private static final String VARIABLE = "BELFRY_REDIS_URL";

    public RedisAddresses {
        nodes = List.copyOf(nodes);
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("no address of Redis");
        }
    }

    /** @throws IllegalArgumentException naming the variable, if it lists something else than addresses of Redis */
    public static RedisAddresses of(Variables variables) {
        List<String> urls = variables.list(VARIABLE, "redis://127.0.0.1:16379");
        try {
            return of(urls);
        } catch (IllegalArgumentException e) {
            // Without its message, which shows the address and the password in it.
            throw Variables.invalid(VARIABLE, "must list addresses such as redis://host:6379");
        }
    }

    /** @throws IllegalArgumentException if one is no address of Redis, or there is none */
    public static RedisAddresses of(List<String> urls) {
        return new RedisAddresses(urls.stream().map(RedisURI::create).toList());
    }

    /** Whether keys may be in different slots. */
    public boolean isCluster() {
        return nodes.size() > 1;
    }

    @Override
    public String toString() {
        return "RedisAddresses[passwords are not shown]";
    }
}
