package io.belfry.chaos.load;

import io.belfry.chaos.load.OperationLog.Operation;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** From each send to each of its frames. Frames may be handed in by many threads. */
public final class Delays {

    /** A time by {@link System#nanoTime}. */
    public record Span(long from, long to) {

        boolean holds(long moment) {
            return moment - from >= 0 && moment - to < 0;
        }
    }

    private record Arrival(String id, long at) {}

    private final Queue<Arrival> arrivals = new ConcurrentLinkedQueue<>();

    /** Any frame, at the moment of its arrival; only notifications count. */
    public void arrived(JsonNode frame) {
        if (frame.path("type").asString().equals("notification")) {
            arrivals.add(new Arrival(frame.at("/notification/title").asString(), System.nanoTime()));
        }
    }

    /** The time within which this share of the frames came that were sent in this span. */
    public Duration within(double share, Collection<Operation> operations, Span span) {
        Map<String, Long> begun = operations.stream()
                .filter(operation -> span.holds(operation.began()))
                .collect(Collectors.toMap(Operation::id, Operation::began));
        List<Long> sorted = arrivals.stream()
                .filter(arrival -> begun.containsKey(arrival.id()))
                .map((Function<Arrival, Long>) arrival -> arrival.at() - begun.getOrDefault(arrival.id(), arrival.at()))
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            throw new IllegalStateException("no frame was sent in this span");
        }
        return Duration.ofNanos(sorted.get((int) Math.ceil(share * sorted.size()) - 1));
    }
}
