package io.belfry.api.sessions;

import io.belfry.api.servers.ServerProbe;

/** By the connection that all share: a {@code PING} is in nobody's way there. */
final class RedisProbe implements ServerProbe {

    private final RedisLink redis;

    RedisProbe(RedisLink redis) {
        this.redis = redis;
    }

    @Override
    public String server() {
        return "redis";
    }

    @Override
    public void ask() throws RedisUnavailableException {
        RedisLink.await(redis.commands().ping());
    }
}
