package io.belfry.chaos.trials.servers;

import io.belfry.chaos.harness.AdminRun;
import io.belfry.chaos.harness.Arena;
import io.belfry.chaos.harness.Attempt;
import io.belfry.chaos.harness.Outcome;
import io.belfry.kit.client.InboxClient;
import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.servers.Backup;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.system.ServiceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A backup is put back as {@code docs/operations.md} says, while others go on publishing: what Kafka still has is stored
 * again, under ids that no client has seen before, and every client shows it, also those that knew better and whose sockets
 * never closed.
 */
public final class BackupRestored implements Attempt {

    private static final Duration LOST = Duration.ofMinutes(1);
    private static final Duration RECOVERY = Duration.ofMinutes(2);
    private static final int RECORDS_PER_SECOND = 1_000;
    private static final int CLIENTS = 12;

    @Override
    public Arena arena() {
        // So that those who hear of nothing find the epoch soon.
        return Arena.own("restored", stack -> stack.with(ServiceKind.GATEWAY, "BELFRY_CHECK_SECONDS", "3"));
    }

    @Override
    public void run(Arena arena) {
        Duration lost = arena.time(LOST, Duration.ofSeconds(5));
        arena.outcome().times(1);
        NotificationSystem system = arena.system();
        List<Long> users = system.platform().newUserIds(40);
        arena.watch(users.subList(0, CLIENTS));
        arena.load().events(users, 10, arena.count(RECORDS_PER_SECOND, 100));
        arena.untilStored(users);

        String epoch = system.database().epoch();
        Item first = system.database().items(users.get(0)).get(0);
        Instant beforeBackup = Instant.now().minusSeconds(5);
        Backup backup = system.backup();
        Arena.pass(lost);
        change(arena, users, first);
        arena.untilStored(users);
        system.persister(1).stop();
        long stored = notifications(system);
        long lastId = lastId(system);

        backup.restore();
        long gone = stored - notifications(system);
        long keptId = lastId(system);
        AdminRun began = AdminRun.run(system.stack(), "new-epoch", "--since", beforeBackup.toString());
        arena.outcome()
                .check(
                        began.exitCode() == 0 && began.output().lines().count() == 2,
                        "new-epoch ended with %d and said %s",
                        began.exitCode(),
                        began.output());
        long restored = System.nanoTime();
        system.persister(1).start();
        arena.untilStored(users);
        arena.outcome().recoveredIn(Arena.since(restored), RECOVERY);
        arena.untilDrained();

        long reused =
                system.database().count("SELECT count(*) FROM notification WHERE id > ? AND id <= ?", keptId, lastId);
        arena.outcome()
                .measured("%s of writing lost, %d of %d notifications", Outcome.seconds(lost), gone, stored)
                .check(gone > 0, "nothing was lost, so nothing came back")
                .check(reused == 0, "%d ids were given out again", reused)
                .check(!system.database().epoch().equals(epoch), "the epoch is the same")
                .check(
                        system.database().items(users.get(0)).stream().noneMatch(Item::read),
                        "a command of the history that is gone was applied");
        arena.log().change(users.get(0)); // one of this history
        markRead(system, users.get(0), first);
        arena.clients()
                .forEach((user, client) ->
                        arena.outcome().check(client.dials() == 1, "user %s dialled %s times", user, client.dials()));
    }

    /** Read states of the history that is about to go, through each door. */
    private static void change(Arena arena, List<Long> users, Item first) {
        NotificationSystem system = arena.system();
        InboxClient second = client(arena, users.get(1));
        InboxClient third = client(arena, users.get(2));
        second.remove(second.items().get(0).id());
        third.markRead(third.items().get(0).id());
        markRead(system, users.get(0), first);
    }

    private static InboxClient client(Arena arena, long user) {
        return Objects.requireNonNull(arena.clients().get(user));
    }

    /** As a gateway passes it on; returns when it is done. */
    private static void markRead(NotificationSystem system, long user, Item item) {
        system.events()
                .publish(Events.event(
                                "inbox.commands",
                                "belfry.inbox.command.v1",
                                Events.SOURCE,
                                Events.newId(),
                                Json.object("user", user, "command", "mark_read", "id", item.id()))
                        .key(String.valueOf(user)));
        Arena.until("the command is applied", Duration.ofSeconds(30), () -> isRead(system, user, item));
    }

    private static boolean isRead(NotificationSystem system, long user, Item item) {
        return system.database().items(user).stream().anyMatch(one -> one.id() == item.id() && one.read());
    }

    private static long notifications(NotificationSystem system) {
        return system.database().count("SELECT count(*) FROM notification");
    }

    private static long lastId(NotificationSystem system) {
        return system.database().count("SELECT max(id) FROM notification");
    }
}
