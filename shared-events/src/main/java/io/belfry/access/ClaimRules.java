package io.belfry.access;

import io.belfry.access.Caller.Role;
import io.belfry.access.TokenRejectedException.Reason;
import io.belfry.events.Ids;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the claims of a token with a right signature must say, its expiry apart. */
final class ClaimRules {

    private static final int MAX_SUBJECT = 255;
    private static final Pattern DECIMAL = Pattern.compile("[1-9][0-9]{0,15}");

    private final TokenSettings settings;
    private final Clock clock;

    ClaimRules(TokenSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    Caller caller(Claims claims) throws TokenRejectedException {
        try {
            Instant expiresAt = instant(claims.getExpiration());
            if (expiresAt == null) {
                throw new TokenRejectedException(Reason.INVALID, "no exp");
            }
            Instant notBefore = instant(claims.getNotBefore());
            require(
                    notBefore == null
                            || !clock.instant().plus(settings.clockSkew()).isBefore(notBefore),
                    "not yet");
            require(settings.issuer() == null || settings.issuer().equals(claims.getIssuer()), "other issuer");
            require(settings.audience() == null || isFor(settings.audience(), claims), "other audience");
            Object tokenType = claims.get("token_type");
            require(tokenType == null || tokenType.equals("access"), "no access token");
            Set<Role> roles = roles(claims.get("roles"));
            Object subject = claims.get(settings.userClaim());
            Long userId = roles.contains(Role.SERVICE) ? null : userId(subject);
            return new Caller(subject(subject), userId, roles, name(claims), instant(claims.getIssuedAt()), expiresAt);
        } catch (JwtException | IllegalArgumentException e) {
            throw new TokenRejectedException(Reason.INVALID, "a claim is unreadable");
        }
    }

    private static boolean isFor(String audience, Claims claims) {
        return claims.getAudience() != null && claims.getAudience().contains(audience);
    }

    private static Set<Role> roles(@Nullable Object claim) throws TokenRejectedException {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (claim == null) {
            return roles;
        }
        require(claim instanceof Collection, "roles is no list");
        for (Object role : (Collection<?>) claim) {
            if ("admin".equals(role)) {
                roles.add(Role.ADMIN);
            } else if ("service".equals(role)) {
                roles.add(Role.SERVICE);
            }
        }
        return roles;
    }

    private static Long userId(@Nullable Object claim) throws TokenRejectedException {
        String digits = claim instanceof Integer || claim instanceof Long ? claim.toString() : text(claim);
        require(DECIMAL.matcher(digits).matches() && Ids.isValid(Long.parseLong(digits)), "no user id");
        return Long.valueOf(digits);
    }

    private static String subject(@Nullable Object claim) throws TokenRejectedException {
        String subject = claim instanceof Integer || claim instanceof Long ? claim.toString() : text(claim);
        require(!subject.isBlank() && subject.codePointCount(0, subject.length()) <= MAX_SUBJECT, "no subject");
        return subject;
    }

    private static String text(@Nullable Object claim) {
        return claim instanceof String text ? text : "";
    }

    private static @Nullable String name(Claims claims) {
        return claims.get("name") instanceof String name && !name.isBlank() ? name : null;
    }

    private static @Nullable Instant instant(@Nullable Date date) {
        return date == null ? null : date.toInstant();
    }

    private static void require(boolean rule, String otherwise) throws TokenRejectedException {
        if (!rule) {
            throw new TokenRejectedException(Reason.INVALID, otherwise);
        }
    }
}
