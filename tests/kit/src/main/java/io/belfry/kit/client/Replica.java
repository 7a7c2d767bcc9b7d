package io.belfry.kit.client;

import io.belfry.kit.database.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A client's copy of one inbox. Two numbers: {@link #shown}, the highest heard at any door, whose {@code unread} is the
 * badge; {@link #applied}, up to which the list is whole. Frames above {@code applied + 1} wait here until what is
 * between has come, by frames or by an answer. Knows neither sockets nor clocks. Not thread-safe.
 */
public final class Replica {

    /** What to ask the api next. */
    public enum Question {
        NONE,
        /** {@code changes?after=applied}, once frames had their time to fill the gap. */
        CHANGES,
        /** The list from its first page. */
        LIST
    }

    private final Map<Long, Item> items = new HashMap<>();
    private final NavigableMap<Long, JsonNode> waiting = new TreeMap<>();
    private final List<String> violations = new ArrayList<>();
    private String epoch = "";
    private long shown;
    private long badge;
    private long applied;
    private boolean loaded;
    private boolean asking;

    public long shown() {
        return shown;
    }

    public long badge() {
        return badge;
    }

    public long applied() {
        return applied;
    }

    public String epoch() {
        return epoch;
    }

    /** Whether it has its list. */
    public boolean isLoaded() {
        return loaded;
    }

    /** Newest first, as the page shows them. */
    public List<Item> items() {
        return items.values().stream()
                .sorted(Comparator.comparingLong(Item::addedSeq).reversed())
                .toList();
    }

    /** What no client may ever see, such as one notification added twice. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    public Question question() {
        if (asking) {
            return Question.NONE;
        }
        if (!loaded) {
            return Question.LIST;
        }
        return shown > applied ? Question.CHANGES : Question.NONE;
    }

    /** A {@code notification} or {@code inbox} frame. */
    public void frame(JsonNode frame) {
        long seq = frame.path("seq").asLong();
        hear(frame);
        if (seq > applied) {
            waiting.put(seq, frame);
            applyWaiting();
        }
    }

    /** {@code seq}, {@code unread} and {@code epoch} from any door: the answer to an own change, the hint in {@code welcome}. */
    public void hear(JsonNode told) {
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
    public void checked(JsonNode answer, long appliedWhenAsked) {
        long seq = answer.path("seq").asLong();
        String answeredEpoch = answer.path("epoch").asString();
        if (seq < appliedWhenAsked && answeredEpoch.equals(epoch)) {
            forget(answeredEpoch);
        }
        hear(seq, answer.path("unread_count").asLong(), answeredEpoch);
    }

    /** Tells that a question is under way: frames are kept, none applied, until it is answered or has failed. */
    public void asked() {
        asking = true;
    }

    public void failed() {
        asking = false;
        applyWaiting();
    }

    /** The list, whole: the numbers are those of its first page. */
    public void listAnswered(List<JsonNode> pages) {
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
    public void changesAnswered(JsonNode answer) {
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
