package io.belfry.runtime.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * A step of a message's way, from its beginning to {@link #end}. One that is never ended is not told: an attempt that is made
 * again leaves such steps behind. Safe for use by many threads.
 */
public final class Step {

    static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");

    private final Tracing tracing;
    private final @Nullable Span span;
    private final @Nullable String traceparent;

    /** @param span null = nothing is told of it */
    Step(Tracing tracing, @Nullable Span span, @Nullable String traceparent) {
        this.tracing = tracing;
        this.span = span;
        this.traceparent = traceparent;
    }

    /** What those who carry on from here are given; null = there is no trace. */
    public @Nullable String traceparent() {
        return traceparent;
    }

    /** A step of this one: see {@link Tracing#send}. */
    public Step send(String topic) {
        return tracing.send(topic, traceparent);
    }

    public void end() {
        if (span != null) {
            span.end();
        }
    }

    /** Ends it as failed. */
    public void fail(String why) {
        if (span != null) {
            span.setStatus(StatusCode.ERROR, why);
            span.end();
        }
    }

    /**
     * Ends what {@link Tracing#answer} began.
     *
     * @param route the pattern of the call's path; null = no call has that path
     */
    public void answered(String method, @Nullable String route, int status) {
        if (span != null) {
            if (route != null) {
                span.updateName(method + " " + route);
                span.setAttribute(ROUTE, route);
            }
            span.setAttribute(STATUS, (long) status);
            if (status >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}
