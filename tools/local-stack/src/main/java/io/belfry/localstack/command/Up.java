package io.belfry.localstack.command;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.system.Checkout;
import io.belfry.localstack.system.DemoSchool;
import io.belfry.localstack.system.ServiceKind;
import io.belfry.localstack.system.Stack;
import io.belfry.localstack.system.StackBuilder;
import io.belfry.localstack.system.Supervisor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Starts everything, keeps it running, and stops it in order when this process is asked to end. */
final class Up {

    /** The guard of a killed run gives its processes five seconds. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(10);

    private final LocalSettings settings;
    private final boolean trains;
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean askedToEnd;

    /** @param trains whether the next starts are made quick beside it, which takes longer than this one gains by it */
    Up(LocalSettings settings, boolean trains) {
        this.settings = settings;
        this.trains = trains;
    }

    /** Returns when it has been stopped. */
    void run() throws InterruptedException {
        Thread main = Thread.currentThread();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(main), "stop"));
        try (LocalFolder folder = LocalFolder.hold(settings.folder())) {
            settings.requireFreePorts(folder.leftBehind() ? CLEAN_UP : Duration.ZERO);
            Stack stack = stack(folder);
            try {
                keepUp(stack);
            } finally {
                // The interruption has been heard; stopping waits for processes to end.
                Thread.interrupted();
                stack.stop();
            }
        } finally {
            ended.countDown();
        }
    }

    /** Returns when this thread is interrupted. */
    private void keepUp(Stack stack) {
        long begin = System.nanoTime();
        try {
            say("Starting PostgreSQL, Kafka and Redis, then the services. Data and logs: " + settings.folder());
            stack.start();
            Supervisor supervisor = new Supervisor(stack.processes(), Up::say);
            ChildProcess training = training();
            try {
                loadSchool(stack);
                welcome(Duration.ofNanos(System.nanoTime() - begin));
                if (trains) {
                    training.start();
                }
                new CountDownLatch(1).await();
            } finally {
                if (training.isRunning()) {
                    training.kill();
                }
                supervisor.close();
            }
        } catch (InterruptedException asked) {
            say("Stopping.");
        } catch (ProcessFailedException failure) {
            if (!askedToEnd) {
                throw failure;
            }
            say("Stopping.");
        }
    }

    private Stack stack(LocalFolder folder) {
        Infrastructure servers = Infrastructure.durable(
                settings.folder(),
                new Infrastructure.ServerPorts(
                        settings.port(LocalSettings.POSTGRES_PORT),
                        settings.port(LocalSettings.KAFKA_PORT),
                        settings.port(LocalSettings.KAFKA_CONTROLLER_PORT),
                        settings.port(LocalSettings.REDIS_PORT)));
        return services(settings, folder, servers)
                .telling((name, took) -> say("  %-10s ready in %.1f s".formatted(name, took.toMillis() / 1000.0)))
                .build();
    }

    /** The demo's services on these ports, and servers of their own. */
    static StackBuilder services(LocalSettings settings, LocalFolder folder, Infrastructure servers) {
        int page = settings.port(ServiceKind.API.portVariable());
        StackBuilder builder = Stack.in(settings.folder())
                .owning(servers)
                .secret(folder::demoSecret)
                .with("BELFRY_DEMO", "true")
                .gatewayPort(settings.port(ServiceKind.GATEWAY.portVariable()))
                .with("BELFRY_GATEWAY_ORIGINS", "http://localhost:" + page + ",http://127.0.0.1:" + page)
                // A person waits at the terminal for it to end.
                .with("BELFRY_API_DRAIN_SECONDS", "0")
                .with("BELFRY_GATEWAY_DRAIN_SECONDS", "1");
        for (ServiceKind kind : ServiceKind.values()) {
            String variable = kind.managementPortVariable();
            builder.with(kind, variable, String.valueOf(settings.port(variable)));
        }
        settings.services().forEach(builder::with);
        return builder;
    }

    /** At the lowest priority. What becomes of it shows at the next start. */
    private ChildProcess training() {
        Path root = Checkout.current().root();
        ProcessSpec spec = new ProcessSpec(
                "training",
                List.of("nice", "-n", "19", root.resolve("dev").toString(), "train"),
                Map.of(LocalSettings.FOLDER, settings.folder().toString()),
                root,
                settings.folder().resolve("logs/training.log"),
                "TERM",
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        return new ChildProcess(spec, () -> {});
    }

    private void loadSchool(Stack stack) throws InterruptedException {
        DemoSchool.publish(stack.infrastructure().kafka().bootstrapServers(), stack.topicPrefix());
        new DemoApi(settings).awaitSchool(DemoSchool.studentsOfFirstCourse());
        say("  %-10s loaded".formatted("school"));
    }

    /** On the hook's thread: the main thread does the work, the JVM ends when it is done. */
    private void end(Thread main) {
        askedToEnd = true;
        main.interrupt();
        try {
            ended.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** What a person needs to know when everything runs. */
    private void welcome(Duration took) {
        String api = settings.apiAddress();
        System.out.printf(
                """

                Belfry is up (%.1f s).

                  page and API   %s
                  API described  %s/swagger-ui.html
                  sockets        %s
                  Kafka          127.0.0.1:%d
                  PostgreSQL     postgresql://belfry@127.0.0.1:%d/belfry
                  Redis          redis://127.0.0.1:%d

                Who can sign in: ines (instructor of course 1, 30 students), omar (instructor of course 2),
                ana and bruno (students in course 1), chen (student in course 2), root (admin).

                  ./dev listen ana                                  in a second terminal
                  ./dev send --as ines "Hello" "The room is B12."   in a third

                Ctrl-C stops everything.
                """,
                took.toMillis() / 1000.0,
                api,
                api,
                settings.gatewayAddress(),
                settings.port(LocalSettings.KAFKA_PORT),
                settings.port(LocalSettings.POSTGRES_PORT),
                settings.port(LocalSettings.REDIS_PORT));
    }
}
