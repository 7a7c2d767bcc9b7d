package io.belfry.persister.fanout;

import io.belfry.events.Audience;
import io.belfry.events.NotificationRequested;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of what a request says, by which a second event under a used name is known to be another one. */
public record ContentHash(String hex) {

    static ContentHash of(NotificationRequested request) {
        MessageDigest sha256 = sha256();
        try (var out = new DataOutputStream(new DigestOutputStream(OutputStream.nullOutputStream(), sha256))) {
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
            if (request.sourceName() != null) { // what does not say it has the hash that it had before there was one
                writeText(out, request.sourceName());
            }
            if (request.testOfCourse() != null) {
                out.writeByte('t');
                out.writeLong(request.testOfCourse());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ofStored(sha256.digest());
    }

    static ContentHash ofStored(byte[] sha256) {
        return new ContentHash(HexFormat.of().formatHex(sha256));
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    private static void writeText(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
