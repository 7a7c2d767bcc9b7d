package io.belfry.persister.support;

import io.belfry.events.Audience;
import io.belfry.events.NotificationData;
import io.belfry.events.NotificationRequested;
import io.belfry.events.NotificationType;
import java.util.Arrays;
import java.util.List;

/** Requests of which only what a test is about is said. */
public final class Requests {

    private Requests() {}

    public static NotificationRequested toUsers(String message, Long... users) {
        return of(Audience.users(Arrays.asList(users)), message);
    }

    public static NotificationRequested toUsers(String message, List<Long> users) {
        return of(Audience.users(users), message);
    }

    public static NotificationRequested toCourse(String message, long course) {
        return of(Audience.course(course), message);
    }

    private static NotificationRequested of(Audience audience, String message) {
        return new NotificationRequested(
                audience, 3L, NotificationType.COURSE_UPDATE, "A title", message, NotificationData.EMPTY);
    }
}
