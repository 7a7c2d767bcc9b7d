package io.belfry.gateway.protocol;

import org.jspecify.annotations.Nullable;

/** What a client may say. Made by {@link FrameCodec} only, which has checked every field. */
public sealed interface ClientFrame {

    /** What an answer repeats; null = no answer is wanted. */
    @Nullable
    String ref();

    /** Says who the client is, or renews it. */
    record Authenticate(String token, @Nullable String ref) implements ClientFrame {
        @Override
        public String toString() {
            return "Authenticate[the token is not shown]";
        }
    }

    record MarkRead(long id, @Nullable String ref) implements ClientFrame {}

    /** @param upTo a notification: it and what entered before it; null = all there is */
    record MarkAllRead(@Nullable Long upTo, @Nullable String ref) implements ClientFrame {}

    record Ping(@Nullable String ref) implements ClientFrame {}

    /**
     * A frame that cannot be acted upon, of an unknown type or with a bad field: answered by an error, and the socket
     * stays open.
     *
     * @param problem for a person; never repeats what was sent
     */
    record Unusable(String problem, @Nullable String ref) implements ClientFrame {}
}
