package io.belfry.api.support;

import io.belfry.access.TokenJson;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import javax.crypto.SecretKey;

/** Tokens as a platform signs them. */
public final class Tokens {

    public static final String SECRET = "a secret of the tests, long enough for HS256";

    public static final SecretKey KEY = Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8));

    private Tokens() {}

    public static String user(long id) {
        return valid().subject(Long.toString(id)).signWith(KEY).compact();
    }

    public static String admin(long id) {
        return valid().subject(Long.toString(id))
                .claim("roles", List.of("admin"))
                .signWith(KEY)
                .compact();
    }

    public static String service(String name) {
        return valid().subject(name)
                .claim("roles", List.of("service"))
                .signWith(KEY)
                .compact();
    }

    /** All but the subject and the signature. */
    public static JwtBuilder valid() {
        return Jwts.builder()
                .json(new TokenJson.Writer())
                .issuedAt(Date.from(Instant.now()))
                .expiration(Date.from(Instant.now().plusSeconds(600)));
    }
}
