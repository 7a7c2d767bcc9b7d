package io.belfry.localstack.system;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.StartCache;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The whole system, each service in a process of its own: started in order, and each part of it can be stopped,
 * killed, frozen and started again by name. The names are {@code persister}, {@code api}, {@code gateway}; further
 * ones are {@code gateway-2} and so on. Not thread-safe; the services that it hands out are.
 */
public final class Stack implements AutoCloseable {

    private static final List<String> KEYS =
            List.of("BELFRY_JWT_SECRET", "BELFRY_JWT_PUBLIC_KEY", "BELFRY_JWT_JWKS_URL");

    private final Backends backends;
    private final Checkout checkout;
    private final StackBuilder parts;
    private final Map<String, String> settings;
    private final int gatewayPort;
    private final List<Service> services = new ArrayList<>();

    /** @param parts are not changed any more */
    Stack(StackBuilder parts, Backends backends, Checkout checkout) {
        this.parts = parts;
        this.backends = backends;
        this.checkout = checkout;
        this.settings = new HashMap<>(backends.settings());
        settings.putAll(parts.settings);
        if (KEYS.stream().noneMatch(settings::containsKey)) {
            settings.put("BELFRY_JWT_SECRET", parts.secret.get());
        }
        gatewayPort = parts.gatewayPort > 0 ? parts.gatewayPort : Ports.free();
        parts.counts.forEach((kind, count) -> IntStream.range(0, count).forEach(i -> add(kind, Map.of())));
    }

    /** A stack that keeps its settings, logs and, unless told otherwise, its servers' data in a folder. */
    public static StackBuilder in(Path folder) {
        return new StackBuilder(folder);
    }

    /**
     * Starts all that does not run: servers of its own, then all services at once. Each waits for what it needs: schema and
     * topics, which persisters make.
     *
     * @throws io.belfry.localstack.process.ProcessFailedException when one does not come up; nothing runs then
     */
    public void start() {
        try {
            Parallel.run(backends.processes(), this::start);
            Parallel.run(services(), this::start);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Stops gently: gateways, which tell their clients, then apis, persisters, and servers of its own. Data is kept. */
    public void stop() {
        for (ServiceKind kind : List.of(ServiceKind.GATEWAY, ServiceKind.API, ServiceKind.PERSISTER)) {
            Parallel.run(services(kind), ControlledProcess::stop);
        }
        Parallel.run(backends.processes(), ControlledProcess::stop);
    }

    /** Kills what runs. */
    @Override
    public void close() {
        services.forEach(ControlledProcess::kill);
        backends.processes().forEach(ControlledProcess::kill);
    }

    /** One more service, not started yet, with variables of its own on top of those for its kind. */
    public Service add(ServiceKind kind, Map<String, String> extra) {
        int others = services(kind).size();
        String name = others == 0 ? kind.title() : kind.title() + "-" + (others + 1);
        Map<String, String> environment = settings(kind);
        environment.putAll(extra);
        if (kind == ServiceKind.API || (kind == ServiceKind.GATEWAY && others == 0)) {
            // The api tells clients where the gateway is.
            environment.putIfAbsent(ServiceKind.GATEWAY.portVariable(), String.valueOf(gatewayPort));
        }
        Service added = service(checkout, kind, name, environment);
        services.add(added);
        return added;
    }

    /**
     * Rolls one service on: stops it in its own way, and starts the same one from another checkout in its place, on the same
     * ports and with the same variables.
     *
     * @return the one that runs now; the former is done with
     */
    public Service replace(Service service, Checkout version) {
        int place = services.indexOf(service);
        if (place < 0) {
            throw new IllegalArgumentException(service.name() + " is not one of these");
        }
        Service next = service(version, service.kind(), service.name(), service.environment());
        service.stop();
        services.set(place, next);
        next.start();
        return next;
    }

    private Service service(Checkout version, ServiceKind kind, String name, Map<String, String> environment) {
        List<String> java = new ArrayList<>();
        java.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        java.addAll(parts.javaOptions);
        StartCache cache = version.startCache(kind);
        java.addAll(parts.trains ? cache.training() : cache.quickStart());
        if (kind == ServiceKind.PERSISTER) {
            java.remove(StackBuilder.EXIT_WITHOUT_MEMORY); // a record may need more than there is: it is stepped over
        }
        return Service.of(kind, name, java, version.jar(kind), parts.folder.toAbsolutePath(), environment);
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public Service service(String name) {
        return services.stream()
                .filter(service -> service.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no service " + name));
    }

    public List<Service> services(ServiceKind kind) {
        return services.stream().filter(service -> service.kind() == kind).toList();
    }

    public List<Service> services() {
        return List.copyOf(services);
    }

    /** All that is started and stopped with it: servers of its own, then services. */
    public List<ControlledProcess> processes() {
        List<ControlledProcess> all = new ArrayList<>(backends.processes());
        all.addAll(services);
        return all;
    }

    public Infrastructure infrastructure() {
        return backends.servers();
    }

    /** The variables that a service of this kind is given. */
    public Map<String, String> settings(ServiceKind kind) {
        Map<String, String> all = new HashMap<>(settings);
        all.putAll(parts.settingsByKind.getOrDefault(kind, Map.of()));
        return all;
    }

    public String jdbcUrl() {
        return backends.jdbcUrl();
    }

    /** Stands before every topic's name; empty when the servers are this stack's alone. */
    public String topicPrefix() {
        return backends.topicPrefix();
    }

    public String redisUrl() {
        return backends.redisUrl();
    }

    /** Signs tokens (HS256) that the services accept; empty when they are given another key. */
    public String jwtSecret() {
        return settings.getOrDefault("BELFRY_JWT_SECRET", "");
    }

    /** A key for {@code BELFRY_JWT_SECRET}. */
    public static String randomSecret() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private void start(ControlledProcess process) {
        long begin = System.nanoTime();
        process.start();
        parts.listener.accept(process.name(), Duration.ofNanos(System.nanoTime() - begin));
    }
}
