package io.belfry.runtime.tracing;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.MDC;

/** The trace in lines of the log: {@code trace_id}. */
public final class LoggedTrace {

    private static final String KEY = "trace_id";

    private LoggedTrace() {}

    /** For all lines of this thread until {@link #end}. */
    public static void begin(String traceparent) {
        MDC.put(KEY, traceparent.substring(3, 35));
    }

    public static void end() {
        MDC.remove(KEY);
    }

    /** What is logged about one record has its trace, if its header names one. */
    public static void of(ConsumerRecord<?, ?> record, Runnable logging) {
        Header header = record.headers().lastHeader("traceparent");
        String traceparent =
                header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.ISO_8859_1);
        if (!Tracing.TRACEPARENT.matcher(traceparent).matches()) {
            logging.run();
            return;
        }
        begin(traceparent);
        try {
            logging.run();
        } finally {
            end();
        }
    }
}
