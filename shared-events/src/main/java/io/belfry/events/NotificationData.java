package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonValue;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.MalformedJsonException;
import io.belfry.json.StrictJson;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a sender adds for programs: a JSON object, kept as compact text so that it is parsed once and written as it came.
 *
 * <p>At most 16 KiB as compact UTF-8 and 16 levels. {@code data.url}, if there, is where the bell leads; it follows
 * nothing else, so its form is checked here and its host by {@link LinkHosts}. {@code data.label} is the text of the button
 * that leads there. Only {@link #checkLabel} looks at it: services may have used that name for something else.
 */
public final class NotificationData {

    /** Bytes of compact UTF-8. */
    public static final int MAX_BYTES = 16 * 1024;

    public static final NotificationData EMPTY = new NotificationData("{}", null, true);

    private static final int MAX_URL = 2_048;
    private static final int MAX_LABEL = 40;

    private final String json;
    private final @Nullable String url;
    private final boolean hasFitLabel;

    private NotificationData(String json, @Nullable String url, boolean hasFitLabel) {
        this.json = json;
        this.url = url;
        this.hasFitLabel = hasFitLabel;
    }

    /**
     * The data in a document that {@link StrictJson} has parsed.
     *
     * @throws InvalidFieldsException if it is not an object, is too large or too deep, or its url is no link
     */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static NotificationData of(JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            throw new InvalidFieldsException("", "must be a JSON object");
        }
        if (object.isEmpty()) {
            return EMPTY;
        }
        String json = StrictJson.ignoringUnknownFields().writeText(object);
        if (json.length() > MAX_BYTES || json.getBytes(StandardCharsets.UTF_8).length > MAX_BYTES) {
            throw new InvalidFieldsException("", "must have at most " + MAX_BYTES + " bytes as compact JSON");
        }
        if (depth(object) > StrictJson.MAX_DEPTH) {
            throw new InvalidFieldsException("", "must have at most " + StrictJson.MAX_DEPTH + " levels");
        }
        JsonNode url = object.path("url");
        return new NotificationData(json, isAbsent(url) ? null : checkUrl(url), isLabel(object.path("label")));
    }

    /** The data in this text, for JVM services. */
    public static NotificationData parse(String json) {
        try {
            return of(StrictJson.ignoringUnknownFields().parse(json, StrictJson.MAX_DEPTH));
        } catch (MalformedJsonException e) {
            throw new InvalidFieldsException("", "must be a JSON object: " + e.getMessage());
        }
    }

    private static boolean isAbsent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    private static boolean isLabel(JsonNode node) {
        String label = node.isString() ? node.stringValue() : "";
        return isAbsent(node)
                || (!label.isBlank()
                        && label.codePointCount(0, label.length()) <= MAX_LABEL
                        && label.codePoints().noneMatch(Character::isISOControl));
    }

    private static String checkUrl(JsonNode node) {
        String url = node.isString() ? node.stringValue() : "";
        boolean plain = url.codePointCount(0, url.length()) <= MAX_URL
                && url.codePoints().noneMatch(Character::isISOControl);
        boolean path = url.startsWith("/") && !url.startsWith("//") && !url.startsWith("/\\");
        if (!plain || !(path || url.startsWith("https://"))) {
            throw new InvalidFieldsException(
                    "url", "must be a path that begins with one / or an https:// address, of at most 2048 characters");
        }
        return url;
    }

    private static int depth(JsonNode node) {
        int deepest = 0;
        for (JsonNode child : node) {
            deepest = Math.max(deepest, depth(child));
        }
        return node.isContainer() ? deepest + 1 : 0;
    }

    /** Compact JSON text of an object. */
    @JsonValue
    @JsonRawValue
    public String json() {
        return json;
    }

    /** Where the bell leads: a path, or an https address whose host is not checked yet. */
    public @Nullable String url() {
        return url;
    }

    /** @throws InvalidFieldsException with the field {@code data.label} if there is one that no button can show */
    public void checkLabel() {
        if (!hasFitLabel) {
            throw new InvalidFieldsException(
                    "data.label", "must be a text of 1 to " + MAX_LABEL + " characters, without control characters");
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof NotificationData data && json.equals(data.json);
    }

    @Override
    public int hashCode() {
        return json.hashCode();
    }

    @Override
    public String toString() {
        return "NotificationData[" + json.length() + " chars]";
    }
}
