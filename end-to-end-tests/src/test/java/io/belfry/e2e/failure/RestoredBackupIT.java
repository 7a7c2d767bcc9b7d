package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.Json;
import io.belfry.e2e.replica.ContractClient;
import io.belfry.e2e.replica.Item;
import io.belfry.e2e.system.Backup;
import io.belfry.e2e.system.Database.Entry;
import io.belfry.e2e.system.Events;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.localstack.system.ServiceKind;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A backup is put back as {@code docs/operations.md} says: what Kafka still has is stored again, under ids that nobody has
 * seen before, and every client shows it, also those that knew better and whose sockets never closed.
 */
class RestoredBackupIT {

    private static final int CLIENTS = 12;
    private static final int KEPT = 60;
    private static final int LOST = 60;

    private final NotificationSystem system =
            NotificationSystem.own("restored", stack -> stack.with(ServiceKind.GATEWAY, "BELFRY_CHECK_SECONDS", "3"));
    private final List<Long> users = system.platform().newUserIds(CLIENTS);
    private final List<ContractClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(ContractClient::close);
        system.close();
    }

    @Test
    void losesNothingThatKafkaHasAndMisleadsNobody() throws Exception {
        users.forEach(this::connect);
        List<String> events = publish(KEPT, "kept");
        awaitStored(events);
        awaitTruth();
        String epoch = system.database().epoch();
        Item first = system.database().items(users.get(0)).get(0);
        Instant beforeBackup = Instant.now().minusSeconds(5);
        Backup backup = system.backup();

        List<String> lost = publish(LOST, "lost");
        events.addAll(lost);
        awaitStored(events);
        markRead(users.get(0), first.id());
        await("the command is applied")
                .until(() -> system.database().items(users.get(0)).stream()
                        .anyMatch(item -> item.id() == first.id() && item.read()));
        clients.get(1).remove(clients.get(1).items().get(0).id());
        clients.get(2).markRead(clients.get(2).items().get(0).id());
        awaitTruth();
        Set<Long> lostIds = ids(lost);
        long lastLostId = lostIds.stream().mapToLong(id -> id).max().orElseThrow();
        system.persister(1).stop();
        events.add(system.events().request(users, "while nothing is stored"));

        backup.restore();
        assertThat(system.database().storedEvents(lost)).isZero();
        assertThat(newEpoch("--since", beforeBackup.toString())).isZero();
        long restored = System.nanoTime();
        system.persister(1).start();
        awaitStored(events);
        awaitTruth();
        System.out.printf(
                "Backup put back: %d of %d events lost and stored again, %d clients whole %.1f s later on their first socket%n",
                LOST, events.size(), CLIENTS, (System.nanoTime() - restored) / 1e9);

        assertThat(system.database().epoch()).isNotEqualTo(epoch);
        assertThat(system.database().entries(users)).hasSize(CLIENTS * events.size());
        assertThat(system.database().inconsistencies(users)).isEmpty();
        assertThat(ids(lost)).hasSize(LOST).allSatisfy(id -> assertThat(id).isGreaterThan(lastLostId));
        assertThat(system.database().items(users.get(0)))
                .as("a command of the history that is gone")
                .noneMatch(Item::read);
        assertThat(clients).allSatisfy(client -> {
            assertThat(client.dials()).isEqualTo(1);
            assertThat(client.violations()).isEmpty();
        });

        markRead(users.get(0), first.id());
        connect(users.get(0));
        awaitTruth();
        await("a command of this one")
                .until(() -> system.database().items(users.get(0)).stream().anyMatch(Item::read));
        awaitTruth();
    }

    private void connect(long user) {
        clients.add(new ContractClient(
                        system.apiAddress(),
                        List.of(system.gatewayAddress(1)),
                        () -> system.tokens().user(user))
                .start());
    }

    private List<String> publish(int count, String title) {
        List<String> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(system.events().request(users, title + " " + i));
        }
        return events;
    }

    private void awaitStored(List<String> events) {
        await("all events are stored")
                .atMost(Duration.ofSeconds(40))
                .ignoreExceptions()
                .until(() -> system.database().storedEvents(events) == events.size());
    }

    private void awaitTruth() {
        for (int i = 0; i < clients.size(); i++) {
            ContractClient client = clients.get(i);
            long user = users.get(i % CLIENTS);
            await("user " + user + " shows the truth").untilAsserted(() -> {
                assertThat(client.items()).isEqualTo(system.database().items(user));
                assertThat(client.badge())
                        .isEqualTo(system.database().counters(user).unread());
            });
        }
    }

    private Set<Long> ids(List<String> events) {
        Set<String> wanted = new HashSet<>(events);
        return system.database().entries(users).stream()
                .filter(entry -> wanted.contains(entry.event()))
                .map(Entry::notification)
                .collect(Collectors.toSet());
    }

    /** As a gateway asks for it. */
    private void markRead(long user, long notification) {
        system.events()
                .publish(Events.event(
                                "inbox.commands",
                                "belfry.inbox.command.v1",
                                Events.SOURCE,
                                Events.newId(),
                                Json.object("user", user, "command", "mark_read", "id", notification))
                        .key(String.valueOf(user)));
    }

    private int newEpoch(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Path.of("..", "notification-persister", "target", "notification-persister.jar")
                        .toString(),
                "new-epoch"));
        command.addAll(List.of(arguments));
        File log = Path.of("target", "e2e-restored", "logs", "new-epoch.log").toFile();
        ProcessBuilder process =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        process.environment().putAll(system.stack().settings(ServiceKind.PERSISTER));
        Process running = process.start();
        assertThat(running.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return running.exitValue();
    }
}
