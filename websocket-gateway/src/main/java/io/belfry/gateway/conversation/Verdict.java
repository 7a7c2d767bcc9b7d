package io.belfry.gateway.conversation;

import io.belfry.gateway.protocol.InboxNumbers;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a token. */
public sealed interface Verdict {

    /**
     * It names a user.
     *
     * @param issuedAt null = not told
     * @param expiresAt the token's {@code exp}
     * @param numbers what is known of the user's inbox when a session is opened; null = nothing
     */
    record Identified(
            long user,
            @Nullable Instant issuedAt,
            Instant expiresAt,
            @Nullable InboxNumbers numbers) implements Verdict {

        Identified with(@Nullable InboxNumbers known) {
            return new Identified(user, issuedAt, expiresAt, known);
        }
    }

    record Refused(Refusal refusal) implements Verdict {}
}
