package io.belfry.gateway.conversation;

import io.belfry.gateway.protocol.ServerFrame.InboxHint;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a token. */
public sealed interface Verdict permits Verdict.Identified, Refusal {

    /**
     * It names a user.
     *
     * @param issuedAt null = not told
     * @param expiresAt the token's {@code exp}
     * @param hint what is known of the user's inbox when a session is opened; null = nothing
     */
    record Identified(
            long user,
            @Nullable Instant issuedAt,
            Instant expiresAt,
            @Nullable InboxHint hint) implements Verdict {

        Identified with(@Nullable InboxHint known) {
            return new Identified(user, issuedAt, expiresAt, known);
        }
    }
}
