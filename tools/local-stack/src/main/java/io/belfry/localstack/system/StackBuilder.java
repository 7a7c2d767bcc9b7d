package io.belfry.localstack.system;

import io.belfry.localstack.Infrastructure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Says what a {@link Stack} is made of. Not thread-safe. */
public final class StackBuilder {

    static final String EXIT_WITHOUT_MEMORY = "-XX:+ExitOnOutOfMemoryError";

    final Path folder;
    final Map<String, String> settings = new HashMap<>();
    final Map<ServiceKind, Map<String, String>> settingsByKind = new EnumMap<>(ServiceKind.class);
    final Map<ServiceKind, Integer> counts = new EnumMap<>(ServiceKind.class);
    // A demo or a test lives short and shares two cores with all the others: a quick start counts more than top speed.
    // As in the images: a process that lost a thread for want of memory is worse than none, and what was loaded or
    // compiled is no reason for a full collection.
    List<String> javaOptions = List.of(
            "-Xmx384m",
            EXIT_WITHOUT_MEMORY,
            "-XX:+UseSerialGC",
            "-XX:MetaspaceSize=192m",
            "-XX:SweeperThreshold=60",
            "-XX:TieredStopAtLevel=1");
    boolean trains;
    int gatewayPort;
    Supplier<String> secret = Stack::randomSecret;
    BiConsumer<String, Duration> listener = (name, took) -> {};
    private @Nullable Checkout checkout;
    private @Nullable Infrastructure shared;
    private @Nullable Infrastructure own;

    StackBuilder(Path folder) {
        this.folder = folder;
        for (ServiceKind kind : ServiceKind.values()) {
            counts.put(kind, 1);
        }
    }

    /** On servers that others use too, with a new database, topic prefix and Redis database of its own. They are not stopped with it. Instead of {@link #owning}. */
    public StackBuilder on(Infrastructure servers) {
        shared = servers;
        own = null;
        return this;
    }

    /** On servers that are its alone: started and stopped with it. Default: {@link Infrastructure#disposable}. Instead of {@link #on}. */
    public StackBuilder owning(Infrastructure servers) {
        own = servers;
        shared = null;
        return this;
    }

    /** A variable for every service. */
    public StackBuilder with(String variable, String value) {
        settings.put(variable, value);
        return this;
    }

    /** A variable for the services of one kind; stronger than one for all, and than the stack's own. */
    public StackBuilder with(ServiceKind kind, String variable, String value) {
        settingsByKind.computeIfAbsent(kind, any -> new HashMap<>()).put(variable, value);
        return this;
    }

    /** How many services of a kind; 1 unless said otherwise. */
    public StackBuilder count(ServiceKind kind, int count) {
        counts.put(kind, count);
        return this;
    }

    /** The options of every service's JVM, instead of those for a quick start in little memory. */
    public StackBuilder javaOptions(String... options) {
        javaOptions = List.of(options);
        return this;
    }

    /** Each service keeps its run, when it is stopped, as {@link io.belfry.localstack.process.StartCache} says. */
    public StackBuilder training() {
        trains = true;
        return this;
    }

    /** The port of the first gateway, which the api tells to clients; any free one unless said otherwise. */
    public StackBuilder gatewayPort(int port) {
        gatewayPort = port;
        return this;
    }

    /** Where the key that signs tokens comes from if no setting names one; random unless said otherwise. */
    public StackBuilder secret(Supplier<String> key) {
        secret = key;
        return this;
    }

    /** Where the services' jars are; {@link Checkout#current()} unless said otherwise. */
    public StackBuilder of(Checkout builtCheckout) {
        checkout = builtCheckout;
        return this;
    }

    /** Hears the name of each part that does its work now, and how long that took; on the threads that start the parts. */
    public StackBuilder telling(BiConsumer<String, Duration> ready) {
        listener = ready;
        return this;
    }

    /** Chooses ports and makes the database if servers are shared; starts nothing else. */
    public Stack build() {
        Backends backends = shared != null
                ? Backends.sharing(shared)
                : Backends.owning(own != null ? own : Infrastructure.disposable(folder));
        return new Stack(this, backends, checkout != null ? checkout : Checkout.current());
    }
}
