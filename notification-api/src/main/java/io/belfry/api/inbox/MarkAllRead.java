package io.belfry.api.inbox;

import io.belfry.events.Ids;
import io.belfry.json.InvalidFieldsException;
import org.jspecify.annotations.Nullable;

/** @param upTo an id of this inbox: it and what entered before it; null = all there is */
record MarkAllRead(@Nullable Long upTo) {

    static final MarkAllRead ALL = new MarkAllRead(null);

    MarkAllRead {
        if (upTo != null && !Ids.isValid(upTo)) {
            throw new InvalidFieldsException("up_to", "must be from 1 to 2^53 - 1");
        }
    }
}
