package io.belfry.gateway.presence;

import io.belfry.runtime.redis.RedisAddresses;
import io.belfry.runtime.redis.RedisConnection;
import io.belfry.runtime.redis.RedisUnavailableException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Redis, as long as it answers. It counts as away from the first command that fails until the next heartbeat that
 * succeeds, so that no client waits for it twice. Safe for use by many threads.
 */
public final class GatewayRedis implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GatewayRedis.class);

    private final RedisAddresses addresses;
    private volatile @Nullable RedisConnection connection;
    private volatile boolean up;

    /** One side may not have heard of everything: both are told again. */
    private final AtomicBoolean outOfStep = new AtomicBoolean(true);

    /** Once an absence is enough in a log. */
    private final AtomicBoolean absenceLogged = new AtomicBoolean();

    /** And once each kind of error, until all went well again; an absence hides none. */
    private final Set<Class<?>> errorsLogged = ConcurrentHashMap.newKeySet();

    public GatewayRedis(RedisAddresses addresses) {
        this.addresses = addresses;
    }

    /** Whether the keys of two users may be in different slots. */
    public boolean isCluster() {
        return addresses.isCluster();
    }

    /**
     * Begins to connect; once. Whenever a connection is made, both sides are out of step.
     *
     * @param onMessage hears the channel and the message
     */
    void open(BiConsumer<String, String> onMessage, String... channels) {
        connection = RedisConnection.open(addresses, () -> outOfStep.set(true), onMessage, channels);
    }

    /** Null while Redis counts as away. */
    public @Nullable RedisConnection present() {
        return up ? connection : null;
    }

    /** Whether it answers. */
    public boolean isUp() {
        return up;
    }

    /**
     * Also while it counts as away, for the heartbeat.
     *
     * @throws RedisUnavailableException if no connection was made yet
     */
    RedisConnection connected() throws RedisUnavailableException {
        RedisConnection made = connection;
        if (made == null || !made.isMade()) {
            throw new RedisUnavailableException("not connected");
        }
        return made;
    }

    /** Even a broken one; null if none was ever begun. */
    @Nullable
    RedisConnection connection() {
        return connection;
    }

    /** A command failed: away until the next heartbeat that succeeds. */
    public void failed(Throwable failure) {
        outOfStep.set(true);
        up = false;
        if (failure instanceof Error) {
            if (errorsLogged.add(failure.getClass())) {
                LOG.error("an error keeps this gateway from Redis; it tries again", failure);
            }
        } else if (absenceLogged.compareAndSet(false, true)) {
            LOG.warn("Redis is away: {}", failure.toString());
        }
    }

    /** A heartbeat succeeded. */
    void answered() {
        if (!up) {
            LOG.info("Redis is there");
            absenceLogged.set(false);
            up = true;
        }
    }

    /** All that was due went well. */
    void settled() {
        errorsLogged.clear();
    }

    boolean isOutOfStep() {
        return outOfStep.get();
    }

    /** If true, the caller has to tell both sides again. */
    boolean takeOutOfStep() {
        return outOfStep.getAndSet(false);
    }

    @Override
    public void close() {
        RedisConnection made = connection;
        if (made != null) {
            made.close();
        }
    }
}
