package io.belfry.persister.fanout;

import io.belfry.events.Audience;
import io.belfry.events.NotificationRequested;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of what a request says, by which a second event under a used name is known to be another one. */
public final class ContentHash {

    private final byte[] sha256;

    private ContentHash(byte[] sha256) {
        this.sha256 = sha256;
    }

    static ContentHash of(NotificationRequested request) {
        ByteArrayOutputStream canonical = new ByteArrayOutputStream(512);
        try (DataOutputStream out = new DataOutputStream(canonical)) {
            if (request.audience() instanceof Audience.Course course) {
                out.writeByte('c');
                out.writeLong(course.course());
            } else if (request.audience() instanceof Audience.Users named) {
                out.writeByte('u');
                out.writeInt(named.users().size());
                for (long user : named.users()) {
                    out.writeLong(user);
                }
            }
            out.writeLong(request.senderId() == null ? 0 : request.senderId());
            writeText(out, request.notificationType().wireName());
            writeText(out, request.title());
            writeText(out, request.message());
            writeText(out, request.data().json());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ContentHash(sha256(canonical.toByteArray()));
    }

    static ContentHash ofStored(byte[] sha256) {
        return new ContentHash(sha256);
    }

    byte[] bytes() {
        return sha256;
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ContentHash hash && Arrays.equals(sha256, hash.sha256);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sha256);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(sha256);
    }
}
