package io.belfry.api.sending;

import io.belfry.events.NotificationRequested;
import io.belfry.json.StrictJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * A digest by which two bodies are equal when they say the same: whatever the order of their names, the form of their
 * numbers, and whether a default is written out.
 *
 * @param hex SHA-256
 */
record BodyDigest(String hex) {

    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    /** The event, {@code data} and its levels. */
    private static final int MAX_DEPTH = StrictJson.MAX_DEPTH + 1;

    static BodyDigest of(NotificationRequested event) {
        StringBuilder canonical = new StringBuilder();
        append(JSON.parse(JSON.write(event), MAX_DEPTH), canonical);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(canonical.toString().getBytes(StandardCharsets.UTF_8));
            return new BodyDigest(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void append(JsonNode node, StringBuilder into) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(property -> sorted.put(property.getKey(), property.getValue()));
            into.append('{');
            sorted.forEach((name, value) -> {
                into.append(JSON.writeText(name)).append(':');
                append(value, into);
                into.append(',');
            });
            into.append('}');
        } else if (node.isArray()) {
            into.append('[');
            node.forEach(element -> {
                append(element, into);
                into.append(',');
            });
            into.append(']');
        } else if (node.isNumber()) {
            BigDecimal number = node.decimalValue();
            into.append(number.stripTrailingZeros());
        } else {
            into.append(JSON.writeText(node));
        }
    }
}
