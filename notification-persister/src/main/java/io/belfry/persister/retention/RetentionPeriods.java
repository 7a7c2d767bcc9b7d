package io.belfry.persister.retention;

import io.belfry.events.NotificationType;
import io.belfry.runtime.settings.Variables;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long what is kept. What is absent or null is kept for ever.
 *
 * @param ofTypes of notifications in inboxes
 * @param requests of what senders are told of their sends
 * @param audit of who did what
 */
public record RetentionPeriods(
        Map<NotificationType, Duration> ofTypes,
        @Nullable Duration requests,
        @Nullable Duration audit) {

    /**
     * An event's name stays known longer than Kafka keeps the event: a request 7 days, a dead letter 30. Otherwise one that
     * comes again would be a new one.
     */
    static final Duration NAMES = Duration.ofDays(45);

    private static final int MOST_DAYS = 36_500;
    private static final String DAYS = "BELFRY_RETENTION_DAYS";
    private static final String DAYS_BY_TYPE = "BELFRY_RETENTION_DAYS_BY_TYPE";

    public RetentionPeriods {
        ofTypes = Map.copyOf(ofTypes);
    }

    /** @throws IllegalArgumentException naming the variable that is wrong */
    public static RetentionPeriods of(Variables variables) {
        Duration usual = days(variables.number(DAYS, 400, 0, MOST_DAYS));
        Map<NotificationType, Duration> ofTypes = new EnumMap<>(NotificationType.class);
        for (NotificationType type : NotificationType.values()) {
            put(ofTypes, type, usual);
        }
        for (String item : variables.list(DAYS_BY_TYPE, "")) {
            String[] parts = item.split("=", 2);
            try {
                int days = Integer.parseInt(parts[parts.length - 1]);
                if (parts.length == 2 && days >= 0 && days <= MOST_DAYS) {
                    put(ofTypes, NotificationType.of(parts[0]), days(days));
                    continue;
                }
            } catch (IllegalArgumentException e) {
                // told below
            }
            throw Variables.invalid(
                    DAYS_BY_TYPE,
                    "must be like exam_result=800,session_start=30, in days from 0 (for ever) to " + MOST_DAYS);
        }
        return new RetentionPeriods(ofTypes, usual, days(variables.number("BELFRY_AUDIT_DAYS", 730, 0, MOST_DAYS)));
    }

    private static void put(Map<NotificationType, Duration> periods, NotificationType type, @Nullable Duration period) {
        if (period == null) {
            periods.remove(type);
        } else {
            periods.put(type, period);
        }
    }

    private static @Nullable Duration days(int days) {
        return days == 0 ? null : Duration.ofDays(days);
    }
}
