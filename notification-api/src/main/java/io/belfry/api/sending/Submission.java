package io.belfry.api.sending;

import io.belfry.events.Audience;
import io.belfry.events.NotificationRequested;
import org.jspecify.annotations.Nullable;

/**
 * What a caller asks to have sent.
 *
 * @param key null = every call is a new send
 * @param path of the call: a key belongs to one
 * @param recipients how many it has now
 * @param traceparent to carry on
 */
record Submission(
        Sender sender,
        @Nullable IdempotencyKey key,
        String path,
        NotificationRequested event,
        int recipients,
        String traceparent) {

    /** The course it is sent to, if it is one. */
    @Nullable
    Long course() {
        return event.audience() instanceof Audience.Course course ? course.course() : null;
    }

    byte[] digest() {
        return BodyDigest.of(event);
    }
}
