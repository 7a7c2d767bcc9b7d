package io.belfry.api.demo;

import io.belfry.access.TokenJson;
import io.belfry.access.TokenSettings;
import io.belfry.api.ApiSettings;
import io.belfry.api.sessions.SignOuts;
import io.jsonwebtoken.Claims;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Signs tokens with the installation's own secret, as a platform would. Safe for use by many threads. */
@Component
@Profile(ApiSettings.DEMO_PROFILE)
final class DemoTokens {

    private static final Duration ACCESS = Duration.ofMinutes(15);
    private static final Duration REFRESH = Duration.ofHours(12);

    private final TokenSettings settings;
    private final SignOuts signOuts;
    private final Clock clock;
    private final SecretKey key;
    private final JwtParser parser;

    DemoTokens(ApiSettings api, SignOuts signOuts, Clock clock) {
        this.settings = api.tokens();
        this.signOuts = signOuts;
        this.clock = clock;
        String secret = Objects.requireNonNull(settings.secret(), "the demo needs BELFRY_JWT_SECRET");
        this.key = Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8));
        this.parser = Jwts.parser()
                .json(new TokenJson.Reader())
                .clock(() -> Date.from(clock.instant()))
                .verifyWith(key)
                .sig()
                .clear()
                .add(Jwts.SIG.HS256)
                .and()
                .zip()
                .clear()
                .and()
                .build();
    }

    String access(DemoPerson person) {
        return token(person, "access", ACCESS);
    }

    String refresh(DemoPerson person) {
        return token(person, "refresh", REFRESH);
    }

    /** Whom a refresh token names; empty if it is none, or if they signed out since. */
    Optional<DemoPerson> refreshed(String token) {
        try {
            Claims claims = parser.parseSignedClaims(token).getPayload();
            if (!"refresh".equals(claims.get("token_type")) || claims.getExpiration() == null) {
                return Optional.empty();
            }
            Date issued = claims.getIssuedAt();
            return DemoPerson.byId(String.valueOf(claims.getSubject()))
                    .filter(person -> issued != null
                            && signOuts.lastOf(person.id())
                                    .map(signedOut -> !issued.toInstant().isBefore(signedOut))
                                    .orElse(true));
        } catch (JwtException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private String token(DemoPerson person, String type, Duration life) {
        Instant issued = issuedAt(person);
        JwtBuilder token = Jwts.builder()
                .json(new TokenJson.Writer())
                .subject(Long.toString(person.id()))
                .claim("token_type", type)
                .claim("name", person.name())
                .claim("roles", person.roles())
                .issuedAt(Date.from(issued))
                .expiration(Date.from(issued.plus(life)));
        if (!settings.userClaim().equals("sub")) {
            token.claim(settings.userClaim(), person.id());
        }
        if (settings.issuer() != null) {
            token.issuer(settings.issuer());
        }
        if (settings.audience() != null) {
            token.audience().add(settings.audience());
        }
        return token.signWith(key, Jwts.SIG.HS256).compact();
    }

    /**
     * Now, in whole seconds as tokens tell it; after a sign-out within this second the next one, as a token of its
     * beginning would count as older than the sign-out.
     */
    private Instant issuedAt(DemoPerson person) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        return signOuts.lastOf(person.id())
                .filter(now::isBefore)
                .map(signedOut -> signedOut.plusMillis(999).truncatedTo(ChronoUnit.SECONDS))
                .orElse(now);
    }
}
