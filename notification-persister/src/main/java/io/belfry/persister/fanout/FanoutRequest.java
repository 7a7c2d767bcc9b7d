package io.belfry.persister.fanout;

import io.belfry.events.Audience;
import io.belfry.events.Event;
import io.belfry.events.EventId;
import io.belfry.events.NotificationRequested;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request on its way into inboxes. */
public record FanoutRequest(Event<NotificationRequested> event, ContentHash hash) {

    public static FanoutRequest of(Event<NotificationRequested> event) {
        return new FanoutRequest(event, ContentHash.of(event.data()));
    }

    public EventId eventId() {
        return event.eventId();
    }

    /** The course whose students are meant; null = named users. */
    public @Nullable Long course() {
        return event.data().audience() instanceof Audience.Course course ? course.course() : null;
    }

    /** The named users, ascending; none for a course. */
    public List<Long> users() {
        return event.data().audience() instanceof Audience.Users named ? named.users() : List.of();
    }

    /** Whether one transaction certainly holds all of it beside others of that many recipients. */
    public boolean fitsBeside(int recipients) {
        return course() == null && recipients + users().size() <= InboxWriter.CHUNK;
    }

    /** When what it tells of happened, or null. */
    public @Nullable Instant time() {
        return event.time();
    }

    NotificationRequested data() {
        return event.data();
    }
}
