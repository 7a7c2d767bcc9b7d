package io.belfry.e2e.promises;

import java.util.List;

/** All there are. */
final class Trials {

    private Trials() {}

    static List<Trial> all() {
        return List.of(
                new AcceptedIsDurable(),
                new PersisterKilled(),
                new DatabaseGone(),
                new PersisterFrozen(),
                new BrokerGone(),
                new ClientsCut(),
                new GatewayKilled(),
                new GatewayDrained(),
                HalfOpenSockets.asPromised(),
                new SlowReader(),
                new RedisGone(),
                new PoisonInTheStream());
    }
}
