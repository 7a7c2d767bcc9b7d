package io.belfry.kit.client;

import io.belfry.kit.client.Replica.Question;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a {@link Replica} has to ask the api, and when, as the client's rule says. Knows neither HTTP nor clocks: those are
 * its {@link Edge}. Not thread-safe.
 */
final class Questions {

    /** Where answers and time come from. Calls back on the thread that uses the questions. */
    interface Edge {

        /** @param answered gets the body of a 200, or null for anything else */
        void get(String path, Consumer<@Nullable JsonNode> answered);

        void later(Runnable step, long millis);

        /** Jitter: 0 to the bound, both included. */
        long draw(long bound);

        /** How long to wait before a question that failed is asked again. */
        long pauseAfter(int failures);
    }

    private static final String INBOX = "/api/notifications/";

    /** How long frames may take to fill a gap, before as much again of jitter. */
    private static final long GAP_MILLIS = 300;

    private final Replica replica;
    private final Edge edge;
    private int failures;
    private int asked;
    private int lists;
    private int checksPlanned;
    private boolean gapTimed;

    /** After a question that failed. */
    private boolean pausing;

    private long checkMillis;

    Questions(Replica replica, Edge edge) {
        this.replica = replica;
        this.edge = edge;
    }

    /** How many lists and changes were asked for. */
    int asked() {
        return asked;
    }

    /** How often the list was loaded: 1 = at the start. */
    int listsLoaded() {
        return lists;
    }

    /** Any frame; those that tell of no inbox are left out. */
    void frame(JsonNode frame) {
        String type = frame.path("type").asString();
        boolean tells = type.equals("inbox")
                || (type.equals("notification") && frame.path("notification").has("id"));
        if (tells && frame.has("unread") && frame.has("epoch")) {
            replica.frame(frame);
            plan();
        }
    }

    /** The answer to an own change. */
    void answered(JsonNode numbers) {
        replica.hear(numbers);
        plan();
    }

    /** What its hint shows to be missing no frame will bring: that is asked for at once. */
    void welcomed(JsonNode welcome) {
        checkMillis = Duration.ofSeconds(welcome.path("check_seconds").asLong()).toMillis();
        boolean hinted = welcome.hasNonNull("seq");
        if (hinted) {
            replica.hear(welcome);
        }
        if (hinted && replica.question() == Question.CHANGES) {
            askChanges();
            planCheck(checkMillis);
        } else {
            plan();
            planCheck(edge.draw(checkMillis / 2));
        }
    }

    /** After anything that may have changed what the replica needs. */
    void plan() {
        if (pausing) {
            return;
        }
        if (replica.question() == Question.LIST) {
            lists++;
            askList(INBOX + "?page_size=100", new ArrayList<>());
        } else if (replica.question() == Question.CHANGES && !gapTimed) {
            gapTimed = true;
            long before = replica.applied();
            edge.later(() -> lookAtGap(before), GAP_MILLIS + edge.draw(GAP_MILLIS));
        }
    }

    private void lookAtGap(long appliedBefore) {
        gapTimed = false;
        if (replica.question() == Question.CHANGES && replica.applied() == appliedBefore) {
            askChanges();
        } else {
            plan();
        }
    }

    private void askChanges() {
        question(INBOX + "changes/?after=" + replica.applied() + "&epoch=" + replica.epoch(), replica::changesAnswered);
    }

    private void askList(String path, List<JsonNode> pages) {
        question(path, page -> {
            pages.add(page);
            JsonNode next = page.path("next");
            if (next.isString()) {
                URI address = URI.create(next.asString());
                askList(address.getRawPath() + "?" + address.getRawQuery(), pages);
            } else {
                replica.listAnswered(pages);
            }
        });
    }

    private void question(String path, Consumer<JsonNode> use) {
        replica.asked();
        asked++;
        edge.get(path, answer -> {
            if (answer == null) {
                replica.failed();
                pausing = true;
                edge.later(this::goOn, edge.pauseAfter(failures++));
            } else {
                failures = 0;
                use.accept(answer);
                plan();
            }
        });
    }

    private void goOn() {
        pausing = false;
        plan();
    }

    /** Instead of the one that was planned before. */
    private void planCheck(long millis) {
        int number = ++checksPlanned;
        edge.later(
                () -> {
                    if (number == checksPlanned) {
                        check();
                    }
                },
                millis);
    }

    private void check() {
        long appliedWhenAsked = replica.applied();
        edge.get(INBOX + "unread_count/", answer -> {
            if (answer != null) {
                replica.checked(answer, appliedWhenAsked);
                plan();
            }
            planCheck(checkMillis);
        });
    }
}
