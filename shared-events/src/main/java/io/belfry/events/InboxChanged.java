package io.belfry.events;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.belfry.json.InvalidFieldsException;
import io.belfry.json.WireName;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An inbox changed in another way than by a new notification.
 *
 * @param seq the number of this change
 * @param unread the user's absolute count after it
 * @param ids the notifications changed; null for {@link Change#ALL_READ}
 * @param upTo for {@link Change#ALL_READ}: the newest notification read
 * @param upToSeq for {@link Change#ALL_READ}: its {@code added_seq}; all that entered at or before it is read
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InboxChanged(
        String epoch,
        long user,
        long seq,
        long unread,
        Change change,
        @Nullable List<Long> ids,
        @Nullable Long upTo,
        @Nullable Long upToSeq) {

    /** What happened to the notifications. */
    public enum Change implements WireName {
        READ,
        UNREAD,
        DELETED,
        ALL_READ
    }

    public InboxChanged {
        if (epoch == null || change == null) {
            throw new InvalidFieldsException("", "must have an epoch and a change");
        }
        boolean complete = change == Change.ALL_READ ? upTo != null && upToSeq != null : ids != null && !ids.isEmpty();
        if (!complete) {
            throw new InvalidFieldsException("change", "must name the notifications changed");
        }
        ids = ids == null ? null : List.copyOf(ids);
    }

    public static InboxChanged ofIds(String epoch, long user, long seq, long unread, Change change, List<Long> ids) {
        return new InboxChanged(epoch, user, seq, unread, change, ids, null, null);
    }

    public static InboxChanged allRead(String epoch, long user, long seq, long unread, long upTo, long upToSeq) {
        return new InboxChanged(epoch, user, seq, unread, Change.ALL_READ, null, upTo, upToSeq);
    }

    /**
     * The event's name: one change has one, however often it is announced.
     *
     * @param source {@link EventId#OF_API} or {@link EventId#OF_PERSISTER}
     */
    public EventId eventId(String source) {
        return new EventId(source, epoch + ":" + user + ":" + seq);
    }
}
