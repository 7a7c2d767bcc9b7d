package io.belfry.access;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whom a valid token names.
 *
 * @param subject the user claim as text, 1..255 code points; the name of a service
 * @param userId the user whose inbox it opens; null for a service, which has none
 * @param name of the token, or null
 * @param issuedAt null = not told
 * @param expiresAt without the clock skew that is allowed
 */
public record Caller(
        String subject,
        @Nullable Long userId,
        Set<Role> roles,
        @Nullable String name,
        @Nullable Instant issuedAt,
        Instant expiresAt) {

    public Caller {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /** Whether a sign-out at this moment ends this token; one without {@code iat} could be older. */
    public boolean issuedBefore(Instant signOut) {
        return issuedAt == null || issuedAt.isBefore(signOut);
    }

    /** What a token's {@code roles} can give. Who instructs a course is a row of the directory, never a role. */
    public enum Role {
        ADMIN,
        SERVICE
    }
}
