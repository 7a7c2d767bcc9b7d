package io.belfry.gateway.support;

import io.belfry.access.TokenJson;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.crypto.SecretKey;

/** Tokens that the gateways of the tests accept, and the means to make others. */
public final class Tokens {

    public static final String SECRET = "a secret of the tests that is long enough";

    private Tokens() {}

    public static SecretKey key() {
        return Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8));
    }

    /** A token for a quarter of an hour. */
    public static String of(long user) {
        return of(user, Instant.now(), Instant.now().plusSeconds(900));
    }

    public static String of(long user, Instant issuedAt, Instant expiresAt) {
        return unsigned(user, expiresAt)
                .issuedAt(Date.from(issuedAt))
                .signWith(key())
                .compact();
    }

    public static String ofService(String name) {
        return unsigned(1, Instant.now().plusSeconds(900))
                .subject(name)
                .claim("roles", List.of("service"))
                .signWith(key())
                .compact();
    }

    /** To be changed and signed. */
    public static JwtBuilder unsigned(long user, Instant expiresAt) {
        return Jwts.builder()
                .json(new TokenJson.Writer())
                .subject(Long.toString(user))
                .expiration(Date.from(expiresAt));
    }
}
