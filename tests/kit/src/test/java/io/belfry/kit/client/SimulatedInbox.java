package io.belfry.kit.client;

import io.belfry.kit.contract.Json;
import io.belfry.kit.database.Item;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** A server's side of one inbox in memory: numbers its changes, and answers what the api answers. */
final class SimulatedInbox {

    static final String EPOCH = "simulated";

    private static final int PAGE = 100;

    private final TreeMap<Long, Item> items = new TreeMap<>();
    private final Map<Long, Long> lastChange = new LinkedHashMap<>();
    private long seq;
    private long lastId;

    /** Adds one and returns its frame. */
    JsonNode add() {
        lastId++;
        seq++;
        items.put(lastId, new Item(lastId, seq, false, "n" + lastId));
        lastChange.put(lastId, seq);
        JsonNode content = Json.object("id", lastId, "title", "n" + lastId);
        return Json.object(
                "type", "notification", "seq", seq, "unread", unread(), "epoch", EPOCH, "notification", content);
    }

    /** Changes one and returns its frame; empty if nothing changes. */
    List<JsonNode> change(long id, String change) {
        Item item = items.get(id);
        if (item == null || (change.equals("read") && item.read()) || (change.equals("unread") && !item.read())) {
            return List.of();
        }
        seq++;
        if (change.equals("deleted")) {
            items.remove(id);
        } else {
            items.put(id, item.read(change.equals("read")));
        }
        lastChange.put(id, seq);
        return List.of(Json.object(
                "type", "inbox", "seq", seq, "unread", unread(), "epoch", EPOCH, "change", change, "ids", List.of(id)));
    }

    /** The numbers as any REST answer carries them. */
    JsonNode numbers() {
        return Json.object("seq", seq, "unread", unread(), "epoch", EPOCH);
    }

    JsonNode changes(long after) {
        List<Long> changed = lastChange.entrySet().stream()
                .filter(entry -> entry.getValue() > after)
                .map(Map.Entry::getKey)
                .toList();
        List<JsonNode> rows = new ArrayList<>();
        List<Long> deleted = new ArrayList<>();
        for (Long id : changed) {
            Item item = items.get(id);
            if (item == null) {
                deleted.add(id);
            } else {
                rows.add(row(item));
            }
        }
        return Json.object(
                "seq",
                seq,
                "unread",
                unread(),
                "epoch",
                EPOCH,
                "reset",
                false,
                "notifications",
                rows,
                "deleted",
                deleted);
    }

    /** All pages as of now. */
    List<JsonNode> rows() {
        return items.descendingMap().values().stream().map(SimulatedInbox::row).toList();
    }

    List<Item> items() {
        return List.copyOf(items.descendingMap().values());
    }

    /** A notification that a page would show now, counted from the newest. */
    long idNear(int position) {
        List<Long> newest = items.descendingKeySet().stream().limit(PAGE).toList();
        return newest.isEmpty() ? 0 : newest.get(position % newest.size());
    }

    long unread() {
        return items.values().stream().filter(item -> !item.read()).count();
    }

    private static JsonNode row(Item item) {
        return Json.object(
                "id", item.id(), "added_seq", item.addedSeq(), "is_read", item.read(), "title", item.title());
    }
}
