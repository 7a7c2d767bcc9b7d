package io.belfry.api.sending;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** The id of a new request, and of its event, for ever. */
final class RequestId {

    private RequestId() {}

    /**
     * Under a key always the same for the same submission, so that a retry is the same event even when the first one's row
     * is lost; without a key random.
     */
    static String of(Submission submission) {
        IdempotencyKey key = submission.key();
        if (key == null) {
            return UUID.randomUUID().toString();
        }
        // Only the scope, which stands last, can contain what separates them: no two submissions read alike.
        return named(String.join(
                        "\n",
                        "belfry send",
                        submission.digest().hex(),
                        submission.path(),
                        key.value(),
                        submission.sender().scope()))
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
}
