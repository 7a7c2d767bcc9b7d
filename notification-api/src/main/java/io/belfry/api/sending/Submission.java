package io.belfry.api.sending;

import io.belfry.access.Caller;
import io.belfry.access.Caller.Role;
import io.belfry.api.access.AuditLog;
import io.belfry.events.Audience;
import io.belfry.events.NotificationRequested;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;
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

    /**
     * The id of the request, and of its event, for ever: under a key always the same for the same submission, so that a
     * retry is the same event even when the first one's row is lost; without a key random.
     */
    String requestId() {
        if (key == null) {
            return UUID.randomUUID().toString();
        }
        // Only the scope, which stands last, can contain what separates them: no two submissions read alike.
        return named(String.join("\n", "belfry send", digest.hex(), path, key.value(), sender.scope()))
                .toString();
    }

    /** A UUID of version 8 (RFC 9562, appendix B.2): the first bits of the name's SHA-256. */
    private static UUID named(String name) {
        try {
            ByteBuffer digest =
                    ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8)));
            long first = digest.getLong();
            long second = digest.getLong();
            return new UUID((first & ~0xf000L) | 0x8000L, (second & ~(3L << 62)) | (1L << 63));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The course it is sent to, or a test of a send to; null = none. */
    @Nullable
    Long course() {
        return event.audience() instanceof Audience.Course course ? course.course() : event.testOfCourse();
    }

    boolean isTest() {
        return event.testOfCourse() != null;
    }

    /**
     * A caller as this room counts them.
     *
     * @param scope whose keys, limit and requests these are
     * @param limited whether the limit on new sends holds for them
     */
    record Sender(String scope, boolean limited) {

        static Sender of(Caller caller) {
            return new Sender(AuditLog.actor(caller), !caller.is(Role.ADMIN) && !caller.is(Role.SERVICE));
        }
    }
}
