package io.belfry.chaos.load;

import static org.awaitility.Awaitility.await;

import io.belfry.chaos.load.OperationLog.End;
import io.belfry.chaos.load.OperationLog.Operation;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.kafka.Events;
import io.belfry.kit.system.NotificationSystem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends at an even pace and writes each send into the log. Not more than so many are under way: what a stuck system
 * does not take is not sent.
 */
public final class Load implements AutoCloseable {

    /** So many characters as a message may have, of those that take most bytes. */
    private static final String LONGEST = "\uD83D\uDD14".repeat(10_000);

    /** As good as kept: the last of the load is cut anywhere. */
    private static final double KEPT = 0.99;

    private static final int UNDER_WAY = 256;
    private static final int AT_ONCE = 32;
    private static final Duration ANSWERS = Duration.ofMinutes(1);

    private final NotificationSystem system;
    private final OperationLog log;
    private final ApiClient service;
    private final Paced pace = new Paced();
    private final Semaphore free = new Semaphore(UNDER_WAY);
    private final AtomicInteger numbers = new AtomicInteger();
    private final String name = Events.newId().substring(0, 8);
    private final AtomicLong records = new AtomicLong();
    private volatile int wanted;
    private volatile long began;
    private volatile long ended;

    /** @param service who sends by REST, and where */
    public Load(NotificationSystem system, OperationLog log, ApiClient service) {
        this.system = system;
        this.log = log;
        this.service = service;
    }

    /**
     * Events straight to the topic, as another service sends them.
     *
     * @param recordsPerSecond counting each recipient
     */
    public Load events(List<Long> users, int recipients, int recordsPerSecond) {
        return pace(users, recipients, recordsPerSecond, send -> send.byEvent(system.events(), send.event()));
    }

    /** Events straight to the topic, each to this one user and with the longest message there may be: 40 kB. */
    public Load longEvents(long user, int perSecond) {
        return pace(List.of(user), 1, perSecond, this::longEvent);
    }

    private CompletableFuture<End> longEvent(Operation send) {
        JsonNode plain = Events.message(send.users(), send.id());
        return send.byEvent(system.events(), Events.request(send.id(), ((ObjectNode) plain).put("message", LONGEST)));
    }

    /** As {@link #events}, into one partition after the other, so that all who write to inboxes write at the same time. */
    public Load eventsEverywhere(List<Long> users, int recipients, int recordsPerSecond) {
        int partitions = system.events().partitions(Events.REQUESTED);
        AtomicInteger next = new AtomicInteger();
        return pace(
                users,
                recipients,
                recordsPerSecond,
                send -> send.byEvent(
                        system.events(), send.event().partition(Math.floorMod(next.getAndIncrement(), partitions))));
    }

    /** Sends through the api, each under an idempotency key that is its title. */
    public Load sends(List<Long> users, int recipients, int recordsPerSecond) {
        return pace(users, recipients, recordsPerSecond, send -> send.byApi(service));
    }

    private Load pace(
            List<Long> users, int each, int recordsPerSecond, Function<Operation, CompletableFuture<End>> door) {
        wanted = recordsPerSecond;
        began = System.nanoTime();
        pace.repeat((double) recordsPerSecond / each, () -> next(users, each, door));
        return this;
    }

    private void next(List<Long> users, int each, Function<Operation, CompletableFuture<End>> door) {
        if (!free.tryAcquire()) {
            return;
        }
        records.addAndGet(each);
        int number = numbers.incrementAndGet();
        List<Long> chosen = new ArrayList<>();
        for (int i = 0; i < each; i++) {
            chosen.add(users.get((number * each + i) % users.size()));
        }
        try {
            var unused =
                    door.apply(log.begin(name + "-" + number, chosen)).whenComplete((done, failure) -> free.release());
        } catch (RuntimeException | Error e) {
            free.release();
            throw e;
        }
    }

    public int sent() {
        return numbers.get();
    }

    /** How many records a second were to be sent, and were, each recipient counted; of the whole time, faults included. */
    public String pace() {
        double reached = records.get() / (((ended == 0 ? System.nanoTime() : ended) - began) / 1e9);
        return reached >= KEPT * wanted
                ? String.format(Locale.ROOT, "%,d a second", wanted)
                : String.format(Locale.ROOT, "%,.0f a second where %,d were due", reached, wanted);
    }

    /** Ends it and waits for the answers that are due. */
    public void finish() {
        if (!pace.isFinished()) {
            pace.finish();
            ended = System.nanoTime();
        }
        await("every send has an end").atMost(ANSWERS).until(() -> free.availablePermits() == UNDER_WAY);
    }

    /** Tries what is not known to be accepted again under its key, until it is: each is one send all the same. */
    public int retryUnknown() {
        List<Operation> unknown = log.ended(End.UNKNOWN);
        await("every send is accepted").atMost(ANSWERS.multipliedBy(2)).until(() -> {
            List<Operation> left = log.ended(End.UNKNOWN);
            for (int first = 0; first < left.size(); first += AT_ONCE) {
                left.subList(first, Math.min(first + AT_ONCE, left.size())).stream()
                        .map(operation -> operation.byApi(service))
                        .toList()
                        .forEach(CompletableFuture::join);
            }
            return log.ended(End.UNKNOWN).isEmpty();
        });
        return unknown.size();
    }

    @Override
    public void close() {
        pace.close();
    }
}
