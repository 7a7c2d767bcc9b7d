package io.belfry.chaos.harness;

import static org.awaitility.Awaitility.await;

import io.belfry.kit.client.InboxClient;
import io.belfry.kit.database.Database.Addition;
import io.belfry.kit.database.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.core.ConditionTimeoutException;

/** Counts what is wrong with inboxes, and says the first of each kind in words; for one thread. */
public final class Findings {

    /** A client whose socket lost something in silence finds it with its own check, every 60 s unless told otherwise. */
    private static final Duration CLIENTS_SETTLE = Duration.ofSeconds(75);

    private static final int EXAMPLES = 3;

    private final List<String> failures = new ArrayList<>();
    private long attempted;
    private long lost;
    private long unexpected;
    private long duplicated;
    private long outOfOrder;
    private long wrongClients;

    public void attempted() {
        attempted++;
    }

    /**
     * What ever came into an inbox. Each addition and each change took the next number, and nothing else did.
     *
     * @param seq the inbox's last number
     * @param changes how many were tried there; one that changes nothing takes no number
     */
    public void entries(
            long user, List<Addition> additions, long seq, int changes, Set<String> due, Set<String> possible) {
        Set<String> titles = new HashSet<>();
        Set<Long> numbers = new HashSet<>();
        for (Addition addition : additions) {
            if (!titles.add(addition.title())) {
                duplicated++;
                example(duplicated, "user %s has %s twice", user, addition.title());
            }
            if (!possible.contains(addition.title())) {
                unexpected++;
                example(unexpected, "user %s has %s, which was never sent", user, addition.title());
            }
            if (addition.seq() < 1 || addition.seq() > seq || !numbers.add(addition.seq())) {
                outOfOrder++;
                example(outOfOrder, "user %s has seq %s again, or beyond 1 to %s", user, addition.seq(), seq);
            }
        }
        long leftOut = seq - numbers.size() - changes;
        if (leftOut > 0) {
            outOfOrder += leftOut;
            example(outOfOrder, "user %s has %s numbers that nothing took", user, leftOut);
        }
        for (String title : due) {
            if (!titles.contains(title)) {
                lost++;
                example(lost, "user %s has not got %s", user, title);
            }
        }
    }

    /** @param truth newest first, and how much of it is unread */
    public void client(long user, InboxClient client, List<Item> truth, long unread) {
        try {
            await().pollDelay(Duration.ZERO).atMost(CLIENTS_SETTLE).until(() -> client.shows(truth, unread));
        } catch (ConditionTimeoutException e) {
            wrongClients++;
            example(
                    wrongClients,
                    "user %s is shown %s of %s, badge %s of %s: %s",
                    user,
                    client.items().size(),
                    truth.size(),
                    client.badge(),
                    unread,
                    client.condition());
        }
        client.violations().forEach(violation -> fail("user " + user + " saw: " + violation));
    }

    public void check(boolean so, String otherwise) {
        if (!so) {
            fail(otherwise);
        }
    }

    public void fail(String what) {
        failures.add(what);
    }

    @SuppressWarnings("AnnotateFormatMethod")
    private void example(long number, String format, Object... arguments) {
        if (number <= EXAMPLES) {
            fail(format.formatted(arguments));
        }
    }

    public Comparison done() {
        check(
                lost + unexpected + duplicated + outOfOrder + wrongClients == 0,
                "%d lost, %d unexpected, %d duplicated, %d out of order, %d clients wrong"
                        .formatted(lost, unexpected, duplicated, outOfOrder, wrongClients));
        return new Comparison(attempted, lost, duplicated, outOfOrder, List.copyOf(failures));
    }
}
