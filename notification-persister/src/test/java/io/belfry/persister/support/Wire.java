package io.belfry.persister.support;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records as somebody reads them who knows the contract and none of our classes. */
public final class Wire {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What one event of {@code notifications.stored} says of one user. */
    public record Delivered(long notification, long user, long seq, long unread) {}

    private Wire() {}

    public static JsonNode json(ConsumerRecord<byte[], byte[]> record) {
        return JSON.readTree(record.value());
    }

    public static String header(ConsumerRecord<byte[], byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    /** All that was announced, in the order of users and numbers. */
    public static List<Delivered> delivered(List<ConsumerRecord<byte[], byte[]>> records) {
        List<Delivered> delivered = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            JsonNode event = json(record);
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
