package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.access.Role;
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
 * @param digest of the event: a key belongs to one
 */
record Submission(
        Sender sender,
        @Nullable IdempotencyKey key,
        String path,
        NotificationRequested event,
        int recipients,
        String traceparent,
        BodyDigest digest) {

    Submission(
            Sender sender,
            @Nullable IdempotencyKey key,
            String path,
            NotificationRequested event,
            int recipients,
            String traceparent) {
        this(sender, key, path, event, recipients, traceparent, BodyDigest.of(event));
    }

    /** The course it is sent to, if it is one. */
    @Nullable
    Long course() {
        return event.audience() instanceof Audience.Course course ? course.course() : null;
    }

    /**
     * A caller as this room counts them.
     *
     * @param scope whose keys, limit and requests these are
     * @param limited whether the limit on new sends holds for them
     */
    record Sender(String scope, boolean limited) {

        static Sender of(Caller caller) {
            String scope = caller.userId() == null ? "service:" + caller.subject() : "user:" + caller.userId();
            return new Sender(scope, !caller.is(Role.ADMIN) && !caller.is(Role.SERVICE));
        }
    }
}
