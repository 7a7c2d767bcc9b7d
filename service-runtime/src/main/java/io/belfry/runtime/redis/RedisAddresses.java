package io.belfry.runtime.redis;

import io.belfry.runtime.settings.Variables;
import io.lettuce.core.RedisURI;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is: {@code BELFRY_REDIS_URL} and {@code BELFRY_REDIS_CA}.
 *
 * @param nodes one server, or several nodes of a cluster; {@code rediss://} for TLS, with the server's name checked; at least one
 * @param authorities a PEM file of those that may have signed the servers' certificates; null = those of the JVM
 */
public record RedisAddresses(List<RedisURI> nodes, @Nullable Path authorities) {

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
        Path authorities = variables.file("BELFRY_REDIS_CA");
        try {
            return new RedisAddresses(of(urls).nodes(), authorities);
        } catch (IllegalArgumentException e) {
            // Without its message, which shows the address and the password in it.
            throw Variables.invalid(VARIABLE, "must list addresses such as redis://host:6379");
        }
    }

    /** @throws IllegalArgumentException if one is no address of Redis, or there is none */
    public static RedisAddresses of(List<String> urls) {
        return new RedisAddresses(urls.stream().map(RedisURI::create).toList(), null);
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
