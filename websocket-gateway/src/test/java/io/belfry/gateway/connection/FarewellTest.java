package io.belfry.gateway.connection;

import io.belfry.gateway.ops.GatewayMetrics;
import io.belfry.gateway.protocol.CloseCode;
import io.belfry.gateway.support.FakeOutlet;
import io.belfry.gateway.support.LoggedErrors;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class FarewellTest {

    @AutoClose("shutdownNow")
    private final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

    private final ConnectionShard shard =
            new ConnectionShard(loop, new GatewayMetrics(new SimpleMeterRegistry(), Clock.systemUTC()));

    private FakeOutlet connect(long user) {
        FakeOutlet outlet = new FakeOutlet();
        shard.add(new Connection(user, user, null, outlet));
        return outlet;
    }

    @Test
    void sendsAllAwayThoughOneFails() throws Exception {
        FakeOutlet ana = connect(7);
        FakeOutlet broken = connect(8);
        FakeOutlet bruno = connect(9);
        broken.breaksWith(new StackOverflowError("on purpose"));

        try (LoggedErrors told = new LoggedErrors(Farewell.class)) {
            new ConnectionRegistry(List.of(shard)).farewell(Duration.ZERO).get(5, TimeUnit.SECONDS);

            told.assertLogged(StackOverflowError.class, StackOverflowError.class);
        }
        for (FakeOutlet whole : List.of(ana, bruno)) {
            whole.assertReceivedType("reconnect");
            whole.assertClosed(CloseCode.SERVICE_RESTART);
        }
    }
}
