package io.belfry.bench.system;

import io.belfry.bench.Bench.Subject;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.Infrastructure.ServerPorts;
import io.belfry.localstack.system.ServiceKind;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The systems of a run, which several scenarios share: either gateways alone or whole systems are up, never both. */
public final class Systems implements AutoCloseable {

    private final Path folder;
    /** By where their data are. */
    private final Map<Path, Belfry> up = new LinkedHashMap<>();

    private String kind = "";

    public Systems(Path folder) {
        this.folder = folder;
    }

    /** Gateways with one event loop on core 0, all else but PostgreSQL on core 1; no api. */
    public Belfry gatewayAlone(Subject subject) {
        return of("gateway", subject, path -> {
            Belfry belfry = Belfry.start(
                    path,
                    stack -> stack.of(subject.checkout())
                            .javaOptions(Belfry.imageOptions(subject.checkout(), "-XX:ActiveProcessorCount=1"))
                            .count(ServiceKind.API, 0)
                            .count(ServiceKind.GATEWAY, 2));
            belfry.stack().services(ServiceKind.GATEWAY).forEach(gateway -> Belfry.pin(gateway.pid(), 0));
            List.of(belfry.pid("kafka"), belfry.pid("redis"), belfry.persister().pid())
                    .forEach(pid -> Belfry.pin(pid, 1));
            return belfry;
        });
    }

    /** One of each service, on all cores. */
    public Belfry whole(Subject subject) {
        return of(
                "whole",
                subject,
                path -> Belfry.start(
                        path,
                        stack -> stack.of(subject.checkout()).javaOptions(Belfry.imageOptions(subject.checkout()))));
    }

    /** One that has just been started, the others stopped, servers and services as {@code ./dev up} starts them. */
    public Belfry cold(Subject subject) {
        close();
        return of(
                "cold",
                subject,
                path -> Belfry.start(
                        path,
                        stack ->
                                stack.of(subject.checkout()).owning(Infrastructure.durable(path, ServerPorts.free()))));
    }

    private Belfry of(String wanted, Subject subject, Function<Path, Belfry> start) {
        if (!kind.equals(wanted)) {
            close();
            kind = wanted;
        }
        return up.computeIfAbsent(folder.resolve(kind + "-" + subject.name().replace(' ', '-')), system -> {
            delete(system, path -> true); // what an earlier run has left
            return start.apply(system);
        });
    }

    private static void delete(Path system, Predicate<Path> which) {
        if (Files.exists(system)) {
            try (Stream<Path> all = Files.walk(system)) {
                for (Path path :
                        all.filter(which).sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Their logs stay; their data are gigabytes. */
    @Override
    public void close() {
        up.forEach((system, belfry) -> {
            belfry.close();
            delete(system, path -> !path.equals(system) && !path.startsWith(system.resolve("logs")));
        });
        up.clear();
    }
}
