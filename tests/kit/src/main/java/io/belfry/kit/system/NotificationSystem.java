package io.belfry.kit.system;

import io.belfry.kit.database.Database;
import io.belfry.kit.database.DatabaseRoles;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.servers.Backup;
import io.belfry.kit.servers.TestServers;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.Platform.Course;
import io.belfry.kit.tokens.Tokens;
import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import io.belfry.localstack.system.Stack;
import io.belfry.localstack.system.StackBuilder;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/**
 * The system that all tests of this JVM share: one api, two gateways, two persisters and their servers. Tests meet
 * no other test's data as long as each makes its own users and courses; one that breaks something calls {@link #heal()}.
 */
public final class NotificationSystem implements AutoCloseable {

    public static final int HEARTBEAT_SECONDS = 5;

    private static final long ADMIN = 1;

    private final Stack stack;
    private final Tokens tokens;
    private final Events events;
    private final Database database;
    private final Platform platform;

    private NotificationSystem(Stack stack) {
        // Conditions come true in milliseconds, but two cores may be busy with a process that starts.
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
        this.stack = stack;
        stack.start();
        tokens = new Tokens(stack.jwtSecret());
        events = new Events(stack.infrastructure().kafka().bootstrapServers(), stack.topicPrefix());
        database = new Database(
                stack.jdbcUrl(),
                stack.infrastructure().postgres().user(),
                stack.infrastructure().postgres().password());
        platform = new Platform(events, admin());
    }

    /** Its services work as roles that own nothing, so that every test finds a right that docs/operations.md lacks. */
    private static NotificationSystem usual() {
        String jdbcUrl = TestServers.shared().postgres().jdbcUrl();
        DatabaseRoles.create(jdbcUrl);
        NotificationSystem system = new NotificationSystem(usualStack());
        DatabaseRoles.grant(jdbcUrl);
        return system;
    }

    private static Stack usualStack() {
        return Stack.in(Path.of("target", "system"))
                .owning(TestServers.shared())
                .count(ServiceKind.PERSISTER, 2)
                .count(ServiceKind.GATEWAY, 2)
                .with("BELFRY_JWT_CLOCK_SKEW_SECONDS", "2")
                .with("BELFRY_DEMO", "true")
                .with(
                        ServiceKind.PERSISTER,
                        "BELFRY_DATABASE_OWNER",
                        TestServers.shared().postgres().user())
                .with(ServiceKind.PERSISTER, "BELFRY_DATABASE_USER", DatabaseRoles.PERSISTER)
                .with(ServiceKind.API, "BELFRY_DATABASE_USER", DatabaseRoles.API)
                .with(ServiceKind.GATEWAY, "BELFRY_CHECK_SECONDS", "4")
                .with(ServiceKind.GATEWAY, "BELFRY_GATEWAY_HEARTBEAT_SECONDS", String.valueOf(HEARTBEAT_SECONDS))
                .with(ServiceKind.GATEWAY, "BELFRY_GATEWAY_DRAIN_SECONDS", "3")
                .build();
    }

    /**
     * A system of its own, one of each service with what is said here on top, on the servers that all tests share unless it
     * is given others: what is done to it troubles no other test.
     *
     * @param name of its folder
     */
    public static NotificationSystem own(String name, UnaryOperator<StackBuilder> settings) {
        StackBuilder stack = Stack.in(Path.of("target", "system-" + name))
                .on(TestServers.shared())
                .with("BELFRY_JWT_CLOCK_SKEW_SECONDS", "2")
                .with("BELFRY_DEMO", "true");
        return new NotificationSystem(settings.apply(stack).build());
    }

    /** The one system, started at the first call. */
    public static NotificationSystem shared() {
        return Holder.SYSTEM;
    }

    /** What it is made of, for tests that have one of their own. */
    public Stack stack() {
        return stack;
    }

    /** A copy of its database as of now, for those that are not {@link #shared}. */
    public Backup backup() {
        return Backup.take(
                stack.jdbcUrl(),
                stack.infrastructure().postgres().user(),
                stack.infrastructure().postgres().password());
    }

    /** Kills its services; for those that are not {@link #shared}. */
    @Override
    public void close() {
        stack.close();
    }

    /** Starts whatever does not run. */
    public void heal() {
        stack.start();
    }

    public URI apiAddress() {
        return URI.create(apiService().address());
    }

    /** @param number 1 or 2 */
    public URI gatewayAddress(int number) {
        return socketAddress(gateway(number));
    }

    public Service apiService() {
        return stack.service("api");
    }

    /** @param number 1 or 2 */
    public Service gateway(int number) {
        return stack.services(ServiceKind.GATEWAY).get(number - 1);
    }

    /** @param number 1 or 2 */
    public Service persister(int number) {
        return stack.services(ServiceKind.PERSISTER).get(number - 1);
    }

    /**
     * More services beside those that tests share, with the defaults of the product where the shared ones are made quick.
     * The caller stops them.
     */
    public List<Service> more(ServiceKind kind, int count) {
        StackBuilder builder = Stack.in(Path.of("target", "system", "more"))
                .owning(TestServers.shared())
                .with("BELFRY_JWT_SECRET", stack.jwtSecret())
                .with("BELFRY_DEMO", "true");
        for (ServiceKind each : ServiceKind.values()) {
            builder.count(each, each == kind ? count : 0);
        }
        List<Service> added = builder.build().services(kind);
        added.forEach(Service::start);
        return added;
    }

    public static URI socketAddress(Service gateway) {
        return URI.create("ws://127.0.0.1:" + gateway.port() + "/ws/notifications/");
    }

    public Infrastructure servers() {
        return stack.infrastructure();
    }

    public ApiClient user(long id) {
        return new ApiClient(apiAddress(), tokens.user(id));
    }

    public ApiClient admin() {
        return new ApiClient(apiAddress(), tokens.admin(ADMIN));
    }

    public ApiClient service(String name) {
        return new ApiClient(apiAddress(), tokens.service(name));
    }

    /** A welcomed socket of this user on the first gateway. */
    public SocketClient socket(long user) {
        return socket(user, 1);
    }

    /** @param gateway 1 or 2 */
    public SocketClient socket(long user, int gateway) {
        SocketClient opened =
                Dial.to(gatewayAddress(gateway)).bearer(tokens.user(user)).open();
        opened.welcome();
        return opened;
    }

    /** How many of its students have a socket, as its instructor is told; -1 = it is not told. */
    public int online(Course course) {
        return user(course.instructor())
                .get("/api/courses/" + course.id() + "/")
                .body()
                .path("online")
                .asInt(-1);
    }

    public Tokens tokens() {
        return tokens;
    }

    public Events events() {
        return events;
    }

    public Database database() {
        return database;
    }

    public Platform platform() {
        return platform;
    }

    private static final class Holder {
        static final NotificationSystem SYSTEM = usual();
    }
}
