package io.belfry.persister;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.events.EventId;
import io.belfry.events.InboxCommand;
import io.belfry.events.names.Topics;
import io.belfry.kit.contract.Json;
import io.belfry.persister.support.PersisterTest;
import io.belfry.persister.support.Requests;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What users ask for over their sockets. */
class CommandsIT extends PersisterTest {

    private final Topics topics = installation.topics();

    @BeforeEach
    void startOne() {
        start();
    }

    @Test
    void appliesCommandsInOrderAndTellsOfEachChangeOnce() {
        long user = newId();
        long first = give(user);
        long second = give(user);
        long third = give(user);
        installation.command(InboxCommand.markRead(user, second));
        installation.command(InboxCommand.markRead(user, second));
        installation.command(InboxCommand.markRead(user, 999_999));
        installation.command(InboxCommand.markAllRead(user, third));
        installation.command(InboxCommand.markAllRead(user, null));
        eventually().until(() -> unread(user) == 0);
        installation.command(InboxCommand.markRead(user, first));
        List<JsonNode> changes = eventually().until(() -> changes(user), found -> found.size() == 2);
        assertThat(changes.get(0).toString())
                .contains("\"seq\":4,\"unread\":2,\"change\":\"read\",\"ids\":[" + second + "]");
        assertThat(changes.get(1).toString())
                .contains("\"seq\":5,\"unread\":0,\"change\":\"all_read\",\"up_to\":" + third + ",\"up_to_seq\":3");
        assertInboxesAreExact();
    }

    @Test
    void leavesInboxesOfOthersAlone() {
        long owner = newId();
        long stranger = newId();
        long id = give(owner);
        give(stranger);
        installation.command(InboxCommand.markRead(stranger, id));
        installation.command(InboxCommand.markAllRead(stranger, id));
        long marker = give(stranger);
        installation.command(InboxCommand.markRead(stranger, marker));
        eventually().until(() -> changes(stranger).size() == 1);
        assertThat(unread(owner)).isEqualTo(1);
        assertThat(unread(stranger)).isEqualTo(1);
    }

    @Test
    void setsAsideWhatIsNoCommand() {
        installation.send(topics.commands(), "1", new byte[] {1}, Map.of());
        long user = newId();
        long id = give(user);
        installation.command(InboxCommand.markRead(user, id));
        eventually().until(() -> unread(user) == 0);
        eventually()
                .until(() ->
                        installation.read(Topics.deadLetter(topics.commands())).size() == 1);
    }

    @Test
    void appliesNoCommandASecondTimeWhenItsGroupForgetsWhereItWas() throws Exception {
        long user = newId();
        long id = give(user);
        installation.command(InboxCommand.markRead(user, id));
        eventually().until(() -> unread(user) == 0);
        stop();
        row("SELECT * FROM inbox_set_read(?, ?, false)", user, id);
        String group = topics.prefix() + "notification-persister-commands";
        // It throws while a member is left.
        eventually()
                .until(
                        () -> installation
                                .admin()
                                .deleteConsumerGroups(List.of(group))
                                .all()
                                .get(),
                        done -> true);
        start();
        long marker = give(user);
        installation.command(InboxCommand.markRead(user, marker));
        eventually().until(() -> changes(user).size() == 2);
        assertThat(unread(user)).as("the one that was marked unread stays so").isEqualTo(1);
    }

    @Test
    void readsATopicThatWasMadeAnewFromItsStart() throws Exception {
        long user = newId();
        for (int i = 0; i < 20; i++) {
            installation.command(InboxCommand.markAllRead(user, null));
        }
        long before = give(user);
        installation.command(InboxCommand.markRead(user, before));
        eventually().until(() -> unread(user) == 0);
        stop();
        Admin admin = installation.admin();
        admin.deleteTopics(List.of(topics.commands())).all().get();
        eventually().until(() -> !admin.listTopics().names().get().contains(topics.commands()));
        installation.createTopic(topics.commands(), 3);
        long after = give(user, this::start);
        installation.command(InboxCommand.markRead(user, after));
        eventually().until(() -> unread(user) == 0);
    }

    private long give(long user) {
        return give(user, () -> {});
    }

    private long give(long user, Runnable beforeItIsAwaited) {
        String id = UUID.randomUUID().toString();
        installation.publish(new EventId("/give", id), Requests.toUsers("hello", user));
        beforeItIsAwaited.run();
        return eventually().until(() -> number("SELECT id FROM notification WHERE event_id = ?", id), found -> true);
    }

    private List<JsonNode> changes(long user) {
        return installation.read(topics.changed()).stream()
                .map(change -> Json.parse(change.value()))
                .filter(change -> change.path("user").longValue() == user)
                .toList();
    }

    private long unread(long user) {
        return number("SELECT unread FROM inbox WHERE user_id = ?", user);
    }
}
