package io.belfry.admin;

import io.belfry.json.Utf8;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Bytes of strangers for a terminal. Nothing that a terminal would obey, or that would hide or reorder what stands beside
 * it, is ever printed; what is printed says exactly which bytes there are.
 */
public final class Printable {

    private static final int DUMPED_A_LINE = 16;
    private static final HexFormat HEX = HexFormat.of();

    private Printable() {}

    /** In one line: text in quotes with escapes, or {@code 0x} and hexadecimal digits if it is no UTF-8. */
    public static String line(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "null";
        }
        return text(bytes).map(Printable::quoted).orElseGet(() -> "0x" + HEX.formatHex(bytes));
    }

    /** As {@link #line}, cut where it becomes long. */
    public static String shortLine(byte @Nullable [] bytes, int most) {
        String whole = line(bytes);
        return whole.length() <= most ? whole : whole.substring(0, most) + "…";
    }

    /** A word as it stands; anything else as {@link #line}, cut where it becomes long. */
    public static String bare(String text) {
        return text.matches("[A-Za-z0-9_.-]{1,60}") ? text : shortLine(text.getBytes(StandardCharsets.UTF_8), 60);
    }

    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(point -> {
            if (point == '"' || point == '\\') {
                quoted.append('\\').appendCodePoint(point);
            } else if (isHarmless(point)) {
                quoted.appendCodePoint(point);
            } else {
                for (char unit : Character.toChars(point)) {
                    quoted.append("\\u%04x".formatted((int) unit));
                }
            }
        });
        return quoted.append('"').toString();
    }

    /** The text as it stands, JSON above all, if all of it may be printed; otherwise a dump. */
    public static String block(byte[] bytes) {
        return text(bytes)
                .filter(text ->
                        text.codePoints().allMatch(point -> point == '\n' || point == '\t' || isHarmless(point)))
                .orElseGet(() -> dump(bytes));
    }

    private static String dump(byte[] bytes) {
        StringBuilder dump = new StringBuilder();
        for (int from = 0; from < bytes.length; from += DUMPED_A_LINE) {
            StringBuilder digits = new StringBuilder();
            StringBuilder letters = new StringBuilder();
            for (int at = from; at < Math.min(from + DUMPED_A_LINE, bytes.length); at++) {
                digits.append(HEX.toHexDigits(bytes[at])).append(' ');
                letters.append(bytes[at] >= ' ' && bytes[at] <= '~' ? (char) bytes[at] : '.');
            }
            dump.append(from == 0 ? "" : "\n").append("%08x  %-48s %s".formatted(from, digits, letters));
        }
        return dump.toString();
    }

    private static Optional<String> text(byte[] bytes) {
        try {
            return Optional.of(Utf8.decode(bytes));
        } catch (CharacterCodingException e) {
            return Optional.empty();
        }
    }

    private static boolean isHarmless(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            // Joiners hold emoji and scripts together; other format characters hide or turn text around.
            case Character.FORMAT -> point == 0x200C || point == 0x200D;
            default -> true;
        };
    }
}
