package io.belfry.admin;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;

/** A moment that an option names. */
public final class PointInTime {

    /** Six digits of days are 2,700 years: nothing overflows. */
    private static final Pattern AGO = Pattern.compile("([0-9]{1,6})([smhd])");

    private PointInTime() {}

    /**
     * A time as an operator writes it: itself, or how long ago it was.
     *
     * @throws TypeConversionException for anything else
     */
    public static Instant parse(String option, String text, Instant now) {
        Matcher ago = AGO.matcher(text);
        if (ago.matches()) {
            Instant then = now.minus(span(Long.parseLong(ago.group(1)), ago.group(2)));
            return then.isBefore(Instant.EPOCH) ? Instant.EPOCH : then;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() > 1970 && time.getYear() <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // Said below, together with times that no record has.
        }
        throw new TypeConversionException(option + ": neither a time such as 2026-11-24T08:00:00Z"
                + " nor how long ago, such as 90s, 15m, 2h or 7d: " + Printable.quoted(text));
    }

    private static Duration span(long number, String unit) {
        return switch (unit) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }
}
