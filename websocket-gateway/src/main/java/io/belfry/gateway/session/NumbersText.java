package io.belfry.gateway.session;

import io.belfry.gateway.protocol.InboxNumbers;
import org.jspecify.annotations.Nullable;

/** An inbox's numbers as they stand in Redis: {@code <epoch>:<seq>:<unread>}. */
final class NumbersText {

    private NumbersText() {}

    /** @return null for a text that is empty, or not of this form: it is only a hint */
    static @Nullable InboxNumbers read(String text) {
        int last = text.lastIndexOf(':');
        int middle = text.lastIndexOf(':', last - 1);
        if (middle <= 0) {
            return null;
        }
        try {
            return new InboxNumbers(
                    Long.parseLong(text.substring(middle + 1, last)),
                    Long.parseLong(text.substring(last + 1)),
                    text.substring(0, middle));
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
