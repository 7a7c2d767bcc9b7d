package io.belfry.api.paging;

import io.belfry.json.InvalidFieldsException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A place in a list: beyond the row with this key, forth or back.
 *
 * <p>As text it also holds a digest of the list it belongs to: whose list, with which filters. That is to tell a mistake,
 * not to protect anything: every list is read for its caller alone.
 *
 * @param back towards the beginning of the list
 */
record Cursor(boolean back, long key) {

    private static final int SCOPE_BYTES = 8;
    private static final int BYTES = 1 + Long.BYTES + SCOPE_BYTES;

    String encode(String scope) {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES)
                .put((byte) (back ? 1 : 0))
                .putLong(key)
                .put(digest(scope), 0, SCOPE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
    }

    /** @throws InvalidFieldsException if it is no cursor of this list */
    static Cursor decode(String text, String scope) {
        ByteBuffer bytes;
        try {
            bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
        } catch (IllegalArgumentException e) {
            throw foreign();
        }
        if (bytes.remaining() != BYTES) {
            throw foreign();
        }
        byte back = bytes.get();
        long key = bytes.getLong();
        ByteBuffer expected = ByteBuffer.wrap(digest(scope), 0, SCOPE_BYTES);
        if (back < 0 || back > 1 || key < 0 || !bytes.equals(expected)) {
            throw foreign();
        }
        return new Cursor(back == 1, key);
    }

    private static InvalidFieldsException foreign() {
        return new InvalidFieldsException("cursor", "is not a cursor of this list");
    }

    private static byte[] digest(String scope) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(scope.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
