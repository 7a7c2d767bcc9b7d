package io.belfry.gateway.hints;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.hints.HintBacklog.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Of hints that were heard one after the other, what is left to write of each inbox. */
final class NewestHints {

    private NewestHints() {}

    /** By epoch; of an inbox the highest, and in a later epoch the later. */
    static Map<String, List<Recipient>> of(List<Entry> entries) {
        Map<Long, Entry> newest = new LinkedHashMap<>();
        for (Entry entry : entries) {
            newest.merge(entry.recipient().user(), entry, NewestHints::newer);
        }
        Map<String, List<Recipient>> byEpoch = new LinkedHashMap<>();
        for (Entry entry : newest.values()) {
            byEpoch.computeIfAbsent(entry.epoch(), first -> new ArrayList<>()).add(entry.recipient());
        }
        return byEpoch;
    }

    private static Entry newer(Entry known, Entry heard) {
        boolean isOld = known.epoch().equals(heard.epoch())
                && known.recipient().seq() >= heard.recipient().seq();
        return isOld ? known : heard;
    }
}
