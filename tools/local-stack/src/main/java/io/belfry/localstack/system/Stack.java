package io.belfry.localstack.system;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Parallel;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The whole system, each service in a process of its own: started in order, and each part of it can be stopped,
 * killed, frozen and started again by name. The names are {@code persister}, {@code api}, {@code gateway}; further
 * ones are {@code gateway-2} and so on. Not thread-safe; the services that it hands out are.
 */
public final class Stack implements AutoCloseable {

    private static final List<String> KEYS =
            List.of("BELFRY_JWT_SECRET", "BELFRY_JWT_PUBLIC_KEY", "BELFRY_JWT_JWKS_URL");

    private final Backends backends;
    private final ServiceLauncher launcher;
    private final Map<String, String> settings;
    private final Map<ServiceKind, Map<String, String>> settingsByKind;
    private final BiConsumer<String, Duration> listener;
    private final int gatewayPort;
    private final Map<ServiceKind, List<Service>> services = new EnumMap<>(ServiceKind.class);

    Stack(
            Backends backends,
            ServiceLauncher launcher,
            Map<String, String> settings,
            Map<ServiceKind, Map<String, String>> settingsByKind,
            int gatewayPort,
            BiConsumer<String, Duration> listener) {
        this.backends = backends;
        this.launcher = launcher;
        this.settings = new HashMap<>(settings);
        if (KEYS.stream().noneMatch(settings::containsKey)) {
            this.settings.put("BELFRY_JWT_SECRET", randomSecret());
        }
        this.settingsByKind = settingsByKind;
        this.listener = listener;
        this.gatewayPort = gatewayPort;
        for (ServiceKind kind : ServiceKind.values()) {
            services.put(kind, new ArrayList<>());
        }
    }

    /** A stack that keeps its settings, logs and, unless told otherwise, its servers' data in a folder. */
    public static StackBuilder in(Path folder) {
        return new StackBuilder(folder);
    }

    /**
     * Starts all that does not run: servers of its own, then persisters (they make the schema and the topics), then
     * the others.
     *
     * @throws io.belfry.localstack.process.ProcessFailedException when one does not come up; nothing runs then
     */
    public void start() {
        try {
            if (backends.owned()) {
                Parallel.run(backends.processes(), this::start);
            }
            Parallel.run(services(ServiceKind.PERSISTER), this::start);
            List<Service> doors = new ArrayList<>(services(ServiceKind.API));
            doors.addAll(services(ServiceKind.GATEWAY));
            Parallel.run(doors, this::start);
        } catch (RuntimeException failed) {
            close();
            throw failed;
        }
    }

    /** Stops gently: gateways, which tell their clients, then apis, persisters, and servers of its own. Data is kept. */
    public void stop() {
        Parallel.run(services(ServiceKind.GATEWAY), ControlledProcess::stop);
        Parallel.run(services(ServiceKind.API), ControlledProcess::stop);
        Parallel.run(services(ServiceKind.PERSISTER), ControlledProcess::stop);
        backends.stop();
    }

    /** Kills what runs. */
    @Override
    public void close() {
        services().forEach(ControlledProcess::kill);
        backends.kill();
    }

    /** One more service, not started yet, with variables of its own on top of those for its kind. */
    public Service add(ServiceKind kind, Map<String, String> extra) {
        List<Service> others = servicesOf(kind);
        String name = others.isEmpty() ? kind.title() : kind.title() + "-" + (others.size() + 1);
        Map<String, String> environment = new HashMap<>(settings(kind));
        environment.putAll(extra);
        if (kind == ServiceKind.API || (kind == ServiceKind.GATEWAY && others.isEmpty())) {
            // The api tells clients where the gateway is.
            environment.putIfAbsent(ServiceKind.GATEWAY.portVariable(), String.valueOf(gatewayPort));
        }
        Service added = launcher.service(kind, name, environment);
        others.add(added);
        return added;
    }

    /**
     * Rolls one service on: stops it in its own way, and starts the same one from another checkout in its place, on the same
     * ports and with the same variables.
     *
     * @return the one that runs now; the former is done with
     */
    public Service replace(Service service, Checkout version) {
        List<Service> others = servicesOf(service.kind());
        int place = others.indexOf(service);
        if (place < 0) {
            throw new IllegalArgumentException(service.name() + " is not one of these");
        }
        Service next = launcher.another(service, version);
        service.stop();
        others.set(place, next);
        next.start();
        return next;
    }

    /** @throws IllegalArgumentException if there is none of that name */
    public Service service(String name) {
        return services().stream()
                .filter(service -> service.name().equals(name))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("no service " + name));
    }

    public List<Service> services(ServiceKind kind) {
        return List.copyOf(servicesOf(kind));
    }

    /** All services in the order in which they start. */
    public List<Service> services() {
        return services.values().stream().flatMap(List::stream).toList();
    }

    /** All that is started and stopped with it, in the order in which that starts: servers of its own, then services. */
    public List<ControlledProcess> processes() {
        List<ControlledProcess> all = new ArrayList<>(backends.owned() ? backends.processes() : List.of());
        all.addAll(services());
        return all;
    }

    public Infrastructure infrastructure() {
        return backends.servers();
    }

    /** The variables that a service of this kind is given. */
    public Map<String, String> settings(ServiceKind kind) {
        Map<String, String> all = new HashMap<>(launcher.backends());
        all.putAll(settings);
        all.putAll(settingsByKind.getOrDefault(kind, Map.of()));
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

    private void start(ControlledProcess process) {
        long begin = System.nanoTime();
        process.start();
        listener.accept(process.name(), Duration.ofNanos(System.nanoTime() - begin));
    }

    private List<Service> servicesOf(ServiceKind kind) {
        return services.computeIfAbsent(kind, none -> new ArrayList<>());
    }

    private static String randomSecret() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
