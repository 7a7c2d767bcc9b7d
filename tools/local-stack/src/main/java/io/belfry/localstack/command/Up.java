package io.belfry.localstack.command;

import io.belfry.localstack.Infrastructure;
import io.belfry.localstack.process.ProcessFailedException;
import io.belfry.localstack.system.DemoSchool;
import io.belfry.localstack.system.ServiceKind;
import io.belfry.localstack.system.Stack;
import io.belfry.localstack.system.StackBuilder;
import io.belfry.localstack.system.Supervisor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** Starts everything, keeps it running, and stops it in order when this process is asked to end. */
final class Up {

    /** The guard of a killed run gives its processes five seconds. */
    private static final Duration CLEAN_UP = Duration.ofSeconds(10);

    private final LocalSettings settings;
    private final CountDownLatch ended = new CountDownLatch(1);

    private volatile boolean askedToEnd;

    Up(LocalSettings settings) {
        this.settings = settings;
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
            try {
                loadSchool(stack);
                welcome(Duration.ofNanos(System.nanoTime() - begin));
                new CountDownLatch(1).await();
            } finally {
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
        int page = settings.port(ServiceKind.API.portVariable());
        StackBuilder builder = Stack.in(settings.folder())
                .owning(servers)
                .secret(folder::demoSecret)
                .with("BELFRY_DEMO", "true")
                .gatewayPort(settings.port(ServiceKind.GATEWAY.portVariable()))
                .with("BELFRY_GATEWAY_ORIGINS", "http://localhost:" + page + ",http://127.0.0.1:" + page)
                // A person waits at the terminal for it to end.
                .with("BELFRY_API_DRAIN_SECONDS", "0")
                .with("BELFRY_GATEWAY_DRAIN_SECONDS", "1")
                .telling((name, took) -> say("  %-10s ready in %.1f s".formatted(name, took.toMillis() / 1000.0)));
        for (ServiceKind kind : ServiceKind.values()) {
            String variable = kind.managementPortVariable();
            builder.with(kind, variable, String.valueOf(settings.port(variable)));
        }
        settings.services().forEach(builder::with);
        return builder.build();
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
