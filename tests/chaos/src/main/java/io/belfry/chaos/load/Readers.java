package io.belfry.chaos.load;

import static org.awaitility.Awaitility.await;

import io.belfry.kit.client.InboxClient;
import io.belfry.kit.database.Item;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * People who read, unread and delete what their clients show, or read all of it, one after the other at an even pace. Each
 * change is written into the history before it is made.
 */
public final class Readers implements AutoCloseable {

    private final Map<Long, InboxClient> clients;
    private final List<Long> users;
    private final OperationLog log;
    private final Random random = new Random(815);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    public Readers(Map<Long, InboxClient> clients, OperationLog log) {
        this.clients = Map.copyOf(clients);
        this.users = new ArrayList<>(clients.keySet());
        this.log = log;
    }

    public Readers read(int changesPerSecond) {
        long period = TimeUnit.SECONDS.toMicros(1) / changesPerSecond;
        var unused = timer.scheduleWithFixedDelay(this::next, 0, period, TimeUnit.MICROSECONDS);
        return this;
    }

    /** What was not expected; ends nothing. */
    public List<String> problems() {
        return problems;
    }

    private void next() {
        try {
            change(users.get(random.nextInt(users.size())));
        } catch (RuntimeException e) {
            problems.add(e.toString());
        }
    }

    private void change(long user) {
        InboxClient client = clients.get(user);
        List<Item> shown = client == null ? List.of() : client.items();
        if (client == null || shown.isEmpty()) {
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

    public void finish() {
        timer.shutdown();
        await("the readers have ended").until(timer::isTerminated);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
