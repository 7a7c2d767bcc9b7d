package io.belfry.json;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text that came from outside: what is not UTF-8 is refused, not replaced, or two different texts would become one. */
public final class Utf8 {

    /** What {@code String} puts in the place of what is not UTF-8; a text may have it by itself. */
    private static final char REPLACEMENT = '\uFFFD';

    private Utf8() {}

    /** @throws CharacterCodingException if the bytes are not UTF-8 */
    public static String decode(byte[] bytes) throws CharacterCodingException {
        // A decoder that refuses takes longer, so it is asked only where there may be something to refuse.
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.indexOf(REPLACEMENT) < 0
                ? text
                : StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes))
                        .toString();
    }
}
