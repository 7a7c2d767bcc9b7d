package io.belfry.kit.client;

import io.belfry.kit.client.InboxReplica.Question;
import io.belfry.kit.http.ApiClient;
import io.belfry.kit.http.Reply;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Asks the api what a replica needs to know, when the rule says so. All on the loop. */
public final class Questions {

    /** How long frames may take to fill a hole, before as much again of jitter. */
    private static final long HOLE_MILLIS = 300;

    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(4);
    private static final String INBOX = "/api/notifications/";

    private final EventLoop loop;
    private final ApiClient api;
    private final InboxReplica replica;
    private final BackOff askAgain;

    private boolean holeTimed;
    private long checkMillis;
    private int checksPlanned;
    private int asked;
    private int lists;

    public Questions(EventLoop loop, ApiClient api, InboxReplica replica, ReconnectPace pace) {
        this.loop = loop;
        this.api = api;
        this.replica = replica;
        this.askAgain = pace.backOff();
    }

    /** How many lists and changes were asked for. */
    public int asked() {
        return asked;
    }

    /** How often the list was begun from its first page. */
    public int lists() {
        return lists;
    }

    /** After anything that may have changed what the replica needs. */
    public void plan() {
        if (replica.question() == Question.LIST) {
            lists++;
            askList(INBOX + "?page_size=100", new ArrayList<>(), null);
        } else if (replica.question() == Question.CHANGES && !holeTimed) {
            holeTimed = true;
            long appliedBefore = replica.applied();
            loop.later(
                    () -> lookAtHole(appliedBefore),
                    HOLE_MILLIS + ThreadLocalRandom.current().nextLong(HOLE_MILLIS));
        }
    }

    /**
     * After a greeting. What its hint shows to be missing no frame will bring: that is asked for at once. Else the next
     * check comes at a random moment within half of the time between checks.
     *
     * @param hinted whether it had one, which was heard
     * @param millis between checks from now on
     */
    public void greeted(boolean hinted, long millis) {
        checkMillis = millis;
        if (hinted && replica.question() == Question.CHANGES) {
            askChanges();
            planCheck(millis);
        } else {
            plan();
            planCheck(ThreadLocalRandom.current().nextLong(millis / 2 + 1));
        }
    }

    /** Instead of the one that was planned before. */
    private void planCheck(long millis) {
        int number = ++checksPlanned;
        loop.later(
                () -> {
                    if (number == checksPlanned) {
                        check();
                    }
                },
                millis);
    }

    private void lookAtHole(long appliedBefore) {
        holeTimed = false;
        if (replica.question() == Question.CHANGES && replica.applied() == appliedBefore) {
            askChanges();
        } else {
            plan();
        }
    }

    private void askChanges() {
        replica.asked();
        asked++;
        ask(INBOX + "changes/?after=" + replica.applied() + "&epoch=" + replica.epoch(), replica::changesAnswered);
    }

    private void askList(String path, List<JsonNode> rows, @Nullable JsonNode firstPage) {
        replica.asked();
        asked++;
        ask(path, page -> {
            page.path("results").forEach(rows::add);
            JsonNode first = firstPage == null ? page : firstPage;
            JsonNode next = page.path("next");
            if (next.isString()) {
                URI address = URI.create(next.asString());
                askList(address.getRawPath() + "?" + address.getRawQuery(), rows, first);
            } else {
                replica.listAnswered(
                        first.path("seq").asLong(),
                        first.path("unread").asLong(),
                        first.path("epoch").asString(),
                        rows);
            }
        });
    }

    private void ask(String path, Consumer<JsonNode> answered) {
        var unused = get(path)
                .whenComplete((reply, failure) -> loop.execute(() -> {
                    if (failure == null && reply.status() == 200) {
                        askAgain.reset();
                        answered.accept(reply.body());
                        plan();
                    } else {
                        loop.later(
                                () -> {
                                    replica.failed();
                                    plan();
                                },
                                askAgain.nextMillis());
                    }
                }));
    }

    private void check() {
        long appliedWhenAsked = replica.applied();
        var unused = get(INBOX + "unread_count/")
                .whenComplete((reply, failure) -> loop.execute(() -> {
                    if (failure == null && reply.status() == 200) {
                        JsonNode body = reply.body();
                        replica.checked(
                                body.path("seq").asLong(),
                                body.path("unread_count").asLong(),
                                body.path("epoch").asString(),
                                appliedWhenAsked);
                        plan();
                    }
                    planCheck(checkMillis);
                }));
    }

    private CompletableFuture<Reply> get(String path) {
        return api.sendLater("GET", path, null).orTimeout(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    }
}
