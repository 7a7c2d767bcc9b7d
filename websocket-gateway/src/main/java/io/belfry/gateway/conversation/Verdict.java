package io.belfry.gateway.conversation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came of a token. */
public sealed interface Verdict {

    /**
     * It names a user.
     *
     * @param issuedAt null = not told
     * @param expiresAt the token's {@code exp}
     */
    record Identified(long user, @Nullable Instant issuedAt, Instant expiresAt) implements Verdict {}

    record Refused(Refusal refusal) implements Verdict {}
}
