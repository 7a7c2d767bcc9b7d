package io.belfry.gateway.hints;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.belfry.events.NotificationStored.Recipient;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Hints that wait to be written, so many at most: the oldest make room. Safe for use by many threads; adding takes a
 * moment however many they are.
 */
final class HintBacklog {

    /** One user's. */
    record Entry(String epoch, Recipient recipient) {}

    private record Chunk(String epoch, List<Recipient> recipients) {}

    private final int capacity;
    private final Deque<Chunk> chunks = new ArrayDeque<>();
    private int size;

    /** Up to which the first chunk is taken. */
    private int taken;

    /** @param capacity users; as many as one event has, or more */
    HintBacklog(int capacity) {
        this.capacity = capacity;
    }

    /**
     * @param recipients is kept, and must not change
     * @return how many others were dropped to make room
     */
    synchronized int add(String epoch, List<Recipient> recipients) {
        chunks.addLast(new Chunk(epoch, recipients));
        size += recipients.size();
        int dropped = 0;
        while (size > capacity) {
            int oldest = removeFirst();
            size -= oldest;
            dropped += oldest;
        }
        notifyAll();
        return dropped;
    }

    private int removeFirst() {
        int left = chunks.removeFirst().recipients().size() - taken;
        taken = 0;
        return left;
    }

    /** Waits until there are any. */
    synchronized void await() throws InterruptedException {
        while (size == 0) {
            wait();
        }
    }

    /** Takes the oldest; none if there are none. */
    synchronized List<Entry> take(int max) {
        List<Entry> entries = new ArrayList<>(Math.min(max, size));
        while (entries.size() < max && size > 0) {
            Chunk first = chunks.getFirst();
            if (taken == first.recipients().size()) {
                removeFirst();
            } else {
                entries.add(new Entry(first.epoch(), first.recipients().get(taken)));
                taken++;
                size--;
            }
        }
        return entries;
    }

    /** @return how many there were */
    synchronized int clear() {
        int dropped = size;
        chunks.clear();
        size = 0;
        taken = 0;
        return dropped;
    }

    /** Of hints that were heard one after the other the highest of each inbox, and in a later epoch the later; by epoch. */
    static Map<String, List<Recipient>> newest(List<Entry> entries) {
        Map<Long, Entry> newest = new LinkedHashMap<>();
        for (Entry entry : entries) {
            newest.merge(entry.recipient().user(), entry, HintBacklog::newer);
        }
        return newest.values().stream().collect(groupingBy(Entry::epoch, mapping(Entry::recipient, toList())));
    }

    private static Entry newer(Entry known, Entry heard) {
        boolean isOld = known.epoch().equals(heard.epoch())
                && known.recipient().seq() >= heard.recipient().seq();
        return isOld ? known : heard;
    }
}
