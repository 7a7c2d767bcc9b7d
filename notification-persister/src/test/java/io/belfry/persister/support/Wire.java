package io.belfry.persister.support;

import io.belfry.kit.contract.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import tools.jackson.databind.JsonNode;

/** Announcements, read by the contract and by none of our classes. */
public final class Wire {

    /** What one event of {@code notifications.stored} says of one user. */
    public record Delivered(long notification, long user, long seq, long unread) {}

    private Wire() {}

    /** All that was announced, in the order of users and numbers. */
    public static List<Delivered> delivered(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Delivered> delivered = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode event = Json.parse(record.value());
            long notification = event.path("notification").path("id").longValue();
            for (JsonNode recipient : event.path("recipients")) {
                delivered.add(new Delivered(
                        notification,
                        recipient.path("user").longValue(),
                        recipient.path("seq").longValue(),
                        recipient.path("unread").longValue()));
            }
        }
        delivered.sort(Comparator.comparingLong(Delivered::user).thenComparingLong(Delivered::seq));
        return delivered;
    }
}
