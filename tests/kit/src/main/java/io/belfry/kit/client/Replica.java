package io.belfry.kit.client;

import io.belfry.kit.database.Item;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A client's copy of one inbox, and what it asks the api and when, as the client's rule says. Two numbers: {@link #shown}, the
 * highest heard at any door, whose {@code unread} is the badge; {@link #applied}, up to which the list is whole. Frames above
 * {@code applied + 1} wait here until what is between has come, by frames or by an answer. Knows neither sockets nor clocks:
 * those are its {@link Edge}. Not thread-safe.
 */
final class Replica {

    /** Where answers and time come from. Calls back on the thread that uses the replica. */
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

    private final Edge edge;
    private final Map<Long, Item> items = new HashMap<>();
    private final NavigableMap<Long, JsonNode> waiting = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private String epoch = "";
    private long shown;
    private long badge;
    private long applied;
    private boolean loaded;
    private boolean asking;

    /** After a question that failed. */
    private boolean pausing;

    private boolean gapTimed;
    private int failures;
    private int lists;
    private int checksPlanned;
    private long checkMillis;

    Replica(Edge edge) {
        this.edge = edge;
    }

    long shown() {
        return shown;
    }

    long badge() {
        return badge;
    }

    long applied() {
        return applied;
    }

    /** Whether it has its list. */
    boolean isLoaded() {
        return loaded;
    }

    /** Newest first, as the page shows them. */
    List<Item> items() {
        return items.values().stream()
                .sorted(Comparator.comparingLong(Item::addedSeq).reversed())
                .toList();
    }

    /** What no client may ever see, such as one notification added twice. */
    List<String> violations() {
        return List.copyOf(violations);
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
            long seq = frame.path("seq").asLong();
            hear(frame);
            if (seq > applied) {
                waiting.put(seq, frame);
                applyWaiting();
            }
            plan();
        }
    }

    /** The answer to an own change. */
    void answered(JsonNode numbers) {
        hear(numbers);
        plan();
    }

    /** What its hint shows to be missing no frame will bring: that is asked for at once. */
    void welcomed(JsonNode welcome) {
        checkMillis = Duration.ofSeconds(welcome.path("check_seconds").asLong()).toMillis();
        boolean hinted = welcome.hasNonNull("seq");
        if (hinted) {
            hear(welcome);
        }
        if (hinted && isBehind()) {
            askChanges();
            planCheck(checkMillis);
        } else {
            plan();
            planCheck(edge.draw(checkMillis / 2));
        }
    }

    /** After anything that may have changed what it needs. */
    void plan() {
        if (pausing) {
            return;
        }
        if (!loaded && !asking) {
            lists++;
            askList(INBOX + "?page_size=100", new ArrayList<>());
        } else if (isBehind() && !gapTimed) {
            gapTimed = true;
            long before = applied;
            edge.later(() -> lookAtGap(before), GAP_MILLIS + edge.draw(GAP_MILLIS));
        }
    }

    private boolean isBehind() {
        return loaded && !asking && shown > applied;
    }

    private void lookAtGap(long appliedBefore) {
        gapTimed = false;
        if (isBehind() && applied == appliedBefore) {
            askChanges();
        } else {
            plan();
        }
    }

    private void askChanges() {
        ask(INBOX + "changes/?after=" + applied + "&epoch=" + epoch, this::changesAnswered);
    }

    private void askList(String path, List<JsonNode> pages) {
        ask(path, page -> {
            pages.add(page);
            JsonNode next = page.path("next");
            if (next.isString()) {
                URI address = URI.create(next.asString());
                askList(address.getRawPath() + "?" + address.getRawQuery(), pages);
            } else {
                listAnswered(pages);
            }
        });
    }

    /** Frames are kept meanwhile, none applied, until it is answered or has failed. */
    private void ask(String path, Consumer<JsonNode> use) {
        asking = true;
        edge.get(path, answer -> {
            if (answer == null) {
                asking = false;
                applyWaiting();
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
        long appliedWhenAsked = applied;
        edge.get(INBOX + "unread_count/", answer -> {
            if (answer != null) {
                checked(answer, appliedWhenAsked);
                plan();
            }
            planCheck(checkMillis);
        });
    }

    private void hear(JsonNode told) {
        hear(
                told.path("seq").asLong(),
                told.path("unread").asLong(),
                told.path("epoch").asString());
    }

    private void hear(long seq, long unread, String heardEpoch) {
        if (epoch.isEmpty()) {
            epoch = heardEpoch;
        } else if (!epoch.equals(heardEpoch)) {
            forget(heardEpoch);
        }
        if (seq > shown) {
            shown = seq;
            badge = unread;
        }
    }

    /**
     * The answer of {@code unread_count}. A lower number than this copy had when it asked means that the database went
     * back in time.
     */
    private void checked(JsonNode answer, long appliedWhenAsked) {
        long seq = answer.path("seq").asLong();
        String answeredEpoch = answer.path("epoch").asString();
        if (seq < appliedWhenAsked && answeredEpoch.equals(epoch)) {
            forget(answeredEpoch);
        }
        hear(seq, answer.path("unread_count").asLong(), answeredEpoch);
    }

    /** The list, whole: the numbers are those of its first page. */
    private void listAnswered(List<JsonNode> pages) {
        asking = false;
        JsonNode first = pages.get(0);
        String answeredEpoch = first.path("epoch").asString();
        if (!answeredEpoch.equals(epoch) && !epoch.isEmpty()) {
            waiting.clear();
            shown = 0;
        }
        epoch = answeredEpoch;
        items.clear();
        pages.forEach(page -> page.path("results").forEach(this::put));
        loaded = true;
        applied = first.path("seq").asLong();
        if (shown <= applied) {
            shown = applied;
            badge = first.path("unread").asLong();
        }
        applyWaiting();
    }

    /** The answer of {@code changes}. */
    private void changesAnswered(JsonNode answer) {
        asking = false;
        long seq = answer.path("seq").asLong();
        String answeredEpoch = answer.path("epoch").asString();
        if (answer.path("reset").asBoolean() || !answeredEpoch.equals(epoch) || seq < applied) {
            forget(answeredEpoch);
            return;
        }
        answer.path("notifications").forEach(this::put);
        answer.path("deleted").forEach(id -> items.remove(id.asLong()));
        applied = seq;
        hear(seq, answer.path("unread").asLong(), answeredEpoch);
        applyWaiting();
    }

    private void forget(String newEpoch) {
        epoch = newEpoch;
        loaded = false;
        shown = 0;
        applied = 0;
        waiting.clear();
    }

    private void applyWaiting() {
        if (asking || !loaded) {
            return;
        }
        waiting.headMap(applied, true).clear();
        JsonNode next = waiting.get(applied + 1);
        while (next != null && apply(next)) {
            waiting.remove(applied + 1);
            applied++;
            next = waiting.get(applied + 1);
        }
    }

    /** @return false for a change that this client does not know, which leaves a gap */
    private boolean apply(JsonNode frame) {
        if (frame.path("type").asString().equals("notification")) {
            JsonNode content = frame.path("notification");
            long id = content.path("id").asLong();
            Item added = new Item(
                    id, frame.path("seq").asLong(), false, content.path("title").asString());
            if (items.put(id, added) != null) {
                violations.add("notification " + id + " was added twice");
            }
            return true;
        }
        switch (frame.path("change").asString()) {
            case "read" -> setRead(frame, true);
            case "unread" -> setRead(frame, false);
            case "deleted" -> frame.path("ids").forEach(id -> items.remove(id.asLong()));
            case "all_read" -> {
                if (!frame.has("up_to_seq")) {
                    return false;
                }
                long upToSeq = frame.path("up_to_seq").asLong();
                items.replaceAll((id, item) -> item.addedSeq() <= upToSeq ? item.read(true) : item);
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void setRead(JsonNode frame, boolean read) {
        frame.path("ids").forEach(id -> items.computeIfPresent(id.asLong(), (same, item) -> item.read(read)));
    }

    private void put(JsonNode row) {
        Item item = Item.listed(row);
        items.put(item.id(), item);
    }
}
