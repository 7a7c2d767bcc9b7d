package io.belfry.admin.deadletters;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Tells equal records by a few bytes each. */
final class Digest {

    private final MessageDigest sha256;

    private Digest() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Equal if and only if all of it is. */
    static ByteBuffer of(String topic, byte @Nullable [] key, byte @Nullable [] value, List<Header> headers) {
        Digest digest = new Digest();
        digest.add(topic.getBytes(StandardCharsets.UTF_8));
        digest.add(key);
        digest.add(value);
        for (Header header : headers) {
            digest.add(header.key().getBytes(StandardCharsets.UTF_8));
            digest.add(header.value());
        }
        return ByteBuffer.wrap(digest.sha256.digest());
    }

    /** With its length in front: parts cannot run into each other. */
    private void add(byte @Nullable [] part) {
        sha256.update(ByteBuffer.allocate(Integer.BYTES)
                .putInt(part == null ? -1 : part.length)
                .flip());
        if (part != null) {
            sha256.update(part);
        }
    }
}
