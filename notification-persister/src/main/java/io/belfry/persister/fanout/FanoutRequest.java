package io.belfry.persister.fanout;

import io.belfry.events.Audience;
import io.belfry.events.EventId;
import io.belfry.events.NotificationRequested;
import io.belfry.events.wire.Event;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request on its way into inboxes. */
public record FanoutRequest(Event<NotificationRequested> event, ContentHash hash) {

    static FanoutRequest of(Event<NotificationRequested> event) {
        return new FanoutRequest(event, ContentHash.of(event.data()));
    }

    EventId eventId() {
        return event.eventId();
    }

    /** The course whose students are meant; null = named users. */
    @Nullable
    Long course() {
        return event.data().audience() instanceof Audience.Course course ? course.course() : null;
    }

    /** The course that its recipients see it come from; null = none. */
    @Nullable
    Long shownCourse() {
        return isTest() ? data().testOfCourse() : course();
    }

    boolean isTest() {
        return data().testOfCourse() != null;
    }

    /** The named users, ascending; none for a course. */
    List<Long> users() {
        return event.data().audience() instanceof Audience.Users named ? named.users() : List.of();
    }

    /** Whether one transaction certainly holds all of it beside others of that many recipients. */
    boolean fitsBeside(int recipients) {
        return course() == null && recipients + users().size() <= FanoutWriter.CHUNK;
    }

    NotificationRequested data() {
        return event.data();
    }
}
