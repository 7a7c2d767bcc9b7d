package io.belfry.events.wire;

import io.cloudevents.CloudEvent;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** W3C trace context of an event: the Kafka header, else the CloudEvents extension; anything malformed is dropped. */
final class TraceContext {

    static final String HEADER = "traceparent";

    // https://www.w3.org/TR/trace-context/#traceparent-header
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}");

    private TraceContext() {}

    static @Nullable String of(Headers headers, CloudEvent event) {
        Header header = headers.lastHeader(HEADER);
        Object extension = event.getExtension(HEADER);
        // The form is ASCII; whatever else the bytes say does not fit it.
        String value = header != null && header.value() != null
                ? new String(header.value(), StandardCharsets.ISO_8859_1)
                : String.valueOf(extension);
        return FORM.matcher(value).matches() ? value : null;
    }
}
