package io.belfry.chaos.harness;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.load.Load;
import io.belfry.chaos.load.OperationLog;
import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.client.LoadClient;
import io.belfry.kit.client.LoadClient.Pace;
import io.belfry.kit.client.TypeScriptClient;
import io.belfry.kit.client.TypeScriptClients;
import io.belfry.kit.faults.TcpProxy;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.kafka.Events.Draft;
import io.belfry.kit.servers.TestServers;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.system.ServiceKind;
import io.belfry.localstack.system.StackBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where a trial takes place: the system, users and clients of its own, how much of everything, the ways to wait, and what comes
 * out. For one thread.
 */
public final class Arena implements AutoCloseable {

    private static final Duration DRAIN = Duration.ofMinutes(2);

    private final NotificationSystem system;
    private final boolean own;
    private final OperationLog log = new OperationLog();
    private final Map<Long, InboxClient> clients = new LinkedHashMap<>();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<Load> loads = new ArrayList<>();
    private final Outcome outcome = new Outcome();
    private Scale scale = new Scale(1);
    private @Nullable TypeScriptClients typeScript;
    private @Nullable TcpProxy kafkaProxy;

    private Arena(NotificationSystem system, boolean own) {
        this.system = system;
        this.own = own;
    }

    /** On the system that all tests share, which is whole again afterwards. */
    public static Arena shared() {
        return new Arena(NotificationSystem.shared(), false);
    }

    /** On a system for this trial alone, as {@link NotificationSystem#own} makes it; it ends with the arena. */
    public static Arena own(String name, UnaryOperator<StackBuilder> settings) {
        return new Arena(NotificationSystem.own(name, settings), true);
    }

    /** On a system and servers for this trial alone, whose api has nothing but {@link #kafkaProxy} to reach Kafka by. */
    public static Arena apiBehindProxy(String name) {
        int sideDoor = Ports.free();
        TcpProxy proxy = TcpProxy.to(URI.create("kafka://127.0.0.1:" + sideDoor));
        Infrastructure servers = TestServers.behindProxy(sideDoor, proxy.port());
        Arena arena = own(
                name,
                stack -> stack.owning(servers)
                        .with(ServiceKind.API, "BELFRY_KAFKA_BOOTSTRAP", "127.0.0.1:" + proxy.port()));
        arena.kafkaProxy = arena.keep(proxy);
        return arena;
    }

    /** Between the api and Kafka, where there is one. */
    public TcpProxy kafkaProxy() {
        return Objects.requireNonNull(kafkaProxy, "no proxy in this arena");
    }

    public NotificationSystem system() {
        return system;
    }

    /** What comes out of the trial is noted here. */
    public Outcome outcome() {
        return outcome;
    }

    void scale(Scale machine) {
        scale = machine;
    }

    /**
     * How many it takes here.
     *
     * @param least for the trial to mean anything
     */
    public int count(int promised, int least) {
        return scale.count(promised, least);
    }

    /** As {@link #count}. */
    public Duration time(Duration promised, Duration least) {
        return scale.time(promised, least);
    }

    public OperationLog log() {
        return log;
    }

    /** As {@link #watch(List, URI, List)}, on all gateways; returns when each has a socket. */
    public void watch(List<Long> users) {
        watch(users, system.apiAddress(), gateways());
        awaitConnected();
    }

    /**
     * Clients for these users, in turns one that was written from the rule alone and the one that ships.
     *
     * @param gateways dialled in turns
     */
    public void watch(List<Long> users, URI api, List<URI> gateways) {
        for (int i = 0; i < users.size(); i++) {
            if (i % 2 == 0) {
                watchByRule(users.get(i), api, gateways, Pace.QUICK);
            } else {
                watchShipped(users.get(i), api, gateways, 1);
            }
        }
    }

    public LoadClient watchByRule(long user, URI gateway) {
        return watchByRule(user, system.apiAddress(), List.of(gateway), Pace.QUICK);
    }

    public LoadClient watchByRule(long user, URI api, List<URI> gateways, Pace pace) {
        LoadClient client = new LoadClient(api, gateways, () -> system.tokens().user(user), pace).start();
        clients.put(user, client);
        return client;
    }

    /** @param tabs pages of the person's browser */
    public TypeScriptClient watchShipped(long user, URI api, List<URI> gateways, int tabs) {
        if (typeScript == null) {
            typeScript = TypeScriptClients.start();
        }
        TypeScriptClient client = typeScript.open(user, system.tokens().user(user), api, gateways, tabs);
        clients.put(user, client);
        return client;
    }

    /**
     * Clients that dial and ask as pages do, so many at a time, each with a socket and its inbox loaded: how thousands come
     * in at once is what a trial may be about, not how it begins.
     */
    public List<LoadClient> watchInTurns(List<Long> users, int atOnce, List<URI> gateways) {
        List<LoadClient> all = new ArrayList<>();
        for (int first = 0; first < users.size(); first += atOnce) {
            List<LoadClient> some = users.subList(first, Math.min(users.size(), first + atOnce)).stream()
                    .map(user -> watchByRule(user, system.apiAddress(), gateways, Pace.PAGE))
                    .toList();
            until(
                    "every client shows its list",
                    Duration.ofMinutes(2),
                    () -> some.stream().allMatch(client -> client.isConnected() && client.isLoaded()));
            all.addAll(some);
        }
        return all;
    }

    public List<URI> gateways() {
        return system.stack().services(ServiceKind.GATEWAY).stream()
                .map(NotificationSystem::socketAddress)
                .toList();
    }

    public Duration awaitConnected() {
        return awaitConnected(1, Duration.ofMinutes(2));
    }

    /** Until every client has a socket that is at least its so-manieth. */
    public Duration awaitConnected(int dials, Duration patience) {
        return until(
                "every client has a socket",
                patience,
                () -> clients.values().stream().allMatch(client -> client.dials() >= dials && client.isConnected()));
    }

    /** Beside what this thread goes on to do; not in the common pool, which the JDK's HTTP client needs for its answers. */
    public <T> CompletableFuture<T> later(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task, "later").start());
    }

    public Map<Long, InboxClient> clients() {
        return clients;
    }

    /** Closed with the arena. */
    public <C extends AutoCloseable> C keep(C closeable) {
        opened.add(closeable);
        return closeable;
    }

    public Load load() {
        return load(system.apiAddress());
    }

    /** @param api where sends by REST go */
    public Load load(URI api) {
        Load load =
                keep(new Load(system, log, new ApiClient(api, system.tokens().service("chaos"))));
        loads.add(load);
        return load;
    }

    /** One more event for these users, noted as sent well: it is published before anything is compared. */
    public Draft draft(List<Long> users) {
        Operation operation = log.begin(Events.newId(), users);
        operation.end(End.OK);
        return operation.event();
    }

    /** So many events more to all of these users, by turns in each partition; returns when all are stored. */
    public void deliver(List<Long> users, int count) {
        int partitions = system.events().partitions(Events.REQUESTED);
        List<Draft> drafts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            drafts.add(draft(users).partition(i % partitions));
        }
        long due = system.database().counters(users.get(0)).seq() + count;
        system.events().publishAll(drafts);
        until(
                "all is stored",
                Duration.ofMinutes(1),
                () -> users.stream()
                        .allMatch(user -> system.database().counters(user).seq() == due));
    }

    /** From now until one more send to these users is stored, whichever partition it is in. */
    public Duration untilStored(List<Long> users) {
        long began = System.nanoTime();
        for (int partition = 0; partition < system.events().partitions(Events.REQUESTED); partition++) {
            Operation probe = log.begin("probe-" + Events.newId(), users);
            var unused = probe.byEvent(system.events(), probe.event().partition(partition));
            untilStored(probe);
        }
        return since(began);
    }

    /** Until this event is in the inboxes of all its users; the database may be away meanwhile. */
    public void untilStored(Operation event) {
        await("a send of now is stored")
                .atMost(DRAIN)
                .ignoreExceptions()
                .pollInterval(Duration.ofMillis(50))
                .until(() -> system.database().recipients(event.id()).equals(event.users()));
    }

    /** Ends what is sent; until the persisters have nothing left to read. */
    public Duration untilDrained() {
        loads.forEach(Load::finish);
        return untilNoLag();
    }

    /** Until the persisters have nothing left to read of what is sent. */
    public Duration untilNoLag() {
        return until("no lag", Duration.ofMinutes(5), () -> system.events().lag() == 0);
    }

    /** Waits until it is so; returns how long that took. */
    public static Duration until(String what, Duration patience, Callable<Boolean> so) {
        long began = System.nanoTime();
        await(what)
                .atMost(patience)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(50))
                .until(so);
        return since(began);
    }

    /** What comes out while this process is frozen. */
    public static <T> T frozen(ControlledProcess process, Supplier<T> meanwhile) {
        process.suspend();
        try {
            return meanwhile.get();
        } finally {
            process.resume();
        }
    }

    /** Lets the load go on for so long. */
    public static void pass(Duration time) {
        pass(time, System.nanoTime());
    }

    /** Lets the load go on until so long after that moment, which may be past. */
    public static void pass(Duration time, long began) {
        until("the time passes", time.plusSeconds(30), () -> since(began).compareTo(time) >= 0);
    }

    public static Duration since(long nanoTime) {
        return Duration.ofNanos(System.nanoTime() - nanoTime);
    }

    /** When nothing is sent any more, and every change that a client made is made. */
    Outcome compare() {
        until(
                "clients have nothing unsent",
                DRAIN,
                () -> clients.values().stream().allMatch(client -> client.unsent() == 0));
        return outcome.compared(Comparison.of(system, log, clients));
    }

    @Override
    public void close() {
        // What cannot be closed must not keep the processes of a system running.
        try {
            if (!own) {
                system.heal();
            }
            closeOpened();
        } finally {
            if (own) {
                system.close();
            }
        }
    }

    private void closeOpened() {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        clients.values().forEach(InboxClient::close);
        if (typeScript != null) {
            typeScript.close();
        }
    }
}
