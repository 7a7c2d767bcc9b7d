package io.belfry.localstack;

import io.belfry.localstack.process.ControlledProcess;
import java.util.HashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

/** Starts each server when it is first asked for; one that a test stopped stays stopped until a test starts it. */
final class TestInfrastructure implements Infrastructure {

    private static final class Holder {
        static final Infrastructure SHARED = create();
    }

    private final Infrastructure servers;
    private final Set<ControlledProcess> everStarted = new HashSet<>();

    private TestInfrastructure(Infrastructure servers) {
        this.servers = servers;
    }

    static Infrastructure shared() {
        return Holder.SHARED;
    }

    @Override
    public synchronized PostgresServer postgres() {
        return started(servers.postgres());
    }

    @Override
    public synchronized KafkaServer kafka() {
        return started(servers.kafka());
    }

    @Override
    public synchronized RedisServer redis() {
        return started(servers.redis());
    }

    /** Does nothing: other tests of this JVM use the servers too. */
    @Override
    public void close() {}

    private <S extends ControlledProcess> S started(S server) {
        if (!everStarted.contains(server)) {
            server.start();
            everStarted.add(server);
        }
        return server;
    }

    private static Infrastructure create() {
        String wanted = Objects.requireNonNullElse(System.getenv("BELFRY_TEST_INFRA"), "auto")
                .toLowerCase(Locale.ROOT);
        return switch (wanted) {
            case "embedded" -> embedded();
            case "containers" -> containers();
            case "auto" -> ContainerEngine.answers() ? containers() : embedded();
            default ->
                throw new IllegalArgumentException(
                        "BELFRY_TEST_INFRA is '" + wanted + "'; it can be auto, embedded or containers");
        };
    }

    private static Infrastructure embedded() {
        return new TestInfrastructure(Infrastructure.disposable(Folders.temporary()));
    }

    private static Infrastructure containers() {
        return new TestInfrastructure(new ContainerInfrastructure());
    }
}
