package io.belfry.chaos.load;

import io.belfry.kit.client.InboxClient;
import io.belfry.kit.database.Item;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/**
 * People who read, unread and delete what their clients show, or read all of it, one after the other. Each change is written
 * into the history before it is made. For one thread.
 */
public final class Readers implements Runnable {

    private final Map<Long, InboxClient> clients;
    private final List<Long> users;
    private final OperationLog log;
    private final Random random = new Random(815);

    public Readers(Map<Long, InboxClient> clients, OperationLog log) {
        this.clients = Map.copyOf(clients);
        this.users = List.copyOf(clients.keySet());
        this.log = log;
    }

    /** One of them makes a change, if anything is shown. */
    @Override
    public void run() {
        long user = users.get(random.nextInt(users.size()));
        InboxClient client = Objects.requireNonNull(clients.get(user));
        List<Item> shown = client.items();
        if (shown.isEmpty()) {
            return;
        }
        long id = shown.get(random.nextInt(shown.size())).id();
        log.change(user);
        switch (random.nextInt(8)) {
            case 0 -> client.markAllRead();
            case 1 -> client.remove(id);
            case 2, 3 -> client.markUnread(id);
            default -> client.markRead(id);
        }
    }
}
