package io.belfry.access;

import io.belfry.access.TokenKeys.KeysUnavailableException;
import io.belfry.access.TokenRejectedException.Reason;
import io.belfry.json.MalformedJsonException;
import io.belfry.json.StrictJson;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import io.jsonwebtoken.security.SignatureException;
import java.security.Key;
import java.time.Clock;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.node.ObjectNode;

/**
 * Says whom a token names, or refuses it. Never blocks: keys from a JWKS address are fetched on a thread of their own.
 * Safe for use by many threads; close it at the end.
 *
 * <p>jjwt alone accepts tokens without {@code exp} or {@code sub} and inflates compressed ones without a bound, and it
 * takes the algorithm from the token; here the algorithms follow the kind of key, compression is off, and the size is
 * bounded before anything is parsed (RFC 8725, sections 2 and 3).
 */
public final class TokenVerifier implements AutoCloseable {

    /** Bytes of a token that are looked at. */
    public static final int MAX_TOKEN_LENGTH = 4 * 1024;

    private static final int MAX_HEADER_DEPTH = 8;
    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();

    private final TokenSettings settings;
    private final Clock clock;
    private final TokenKeys keys;
    private final ClaimRules rules;

    /** One for each key that was ever a candidate: an issuer rotates a few a year. */
    private final Map<Key, JwtParser> parsers = new ConcurrentHashMap<>();

    public TokenVerifier(TokenSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        this.keys = TokenKeys.of(settings);
        this.rules = new ClaimRules(settings, clock);
    }

    private JwtParser parser(Key key) {
        return Jwts.parser()
                .json(new TokenJson.Reader())
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(settings.clockSkew().toSeconds())
                .keyLocator(header -> key)
                .sig()
                .clear()
                .add(algorithms(settings))
                .and()
                .zip()
                .clear()
                .and()
                .build();
    }

    private static Collection<SecureDigestAlgorithm<?, ?>> algorithms(TokenSettings settings) {
        return settings.secret() != null ? List.of(Jwts.SIG.HS256) : List.of(Jwts.SIG.RS256, Jwts.SIG.ES256);
    }

    /** @throws TokenRejectedException if it names no caller; the message holds nothing of the token */
    public Caller verify(String token) throws TokenRejectedException {
        if (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH) {
            throw new TokenRejectedException(Reason.INVALID, "no token of acceptable size");
        }
        try {
            for (Key candidate : candidates(token)) {
                try {
                    JwtParser parser = parsers.computeIfAbsent(candidate, this::parser);
                    return rules.caller(parser.parseSignedClaims(token).getPayload());
                } catch (SignatureException e) {
                    // made by another key, perhaps by the next one
                }
            }
            throw new TokenRejectedException(Reason.INVALID, "no key made its signature");
        } catch (ExpiredJwtException e) {
            // Its signature held; if all else does, the caller only needs a new one.
            rules.caller(e.getClaims());
            throw new TokenRejectedException(Reason.EXPIRED, "expired");
        } catch (KeysUnavailableException e) {
            throw new TokenRejectedException(Reason.UNAVAILABLE, "no keys yet");
        } catch (JwtException | MalformedJsonException | IllegalArgumentException e) {
            throw new TokenRejectedException(Reason.INVALID, "not a valid token");
        }
    }

    /** By what the token says of itself, of which nothing is believed: the parser reads it again. */
    private List<Key> candidates(String token) {
        byte[] header = Base64.getUrlDecoder().decode(token.substring(0, Math.max(token.indexOf('.'), 0)));
        ObjectNode said = JSON.parseObject(header, MAX_HEADER_DEPTH);
        return keys.candidates(said.path("alg").asString(""), said.path("kid").asString(null));
    }

    /** Whether there are keys to verify with; only a JWKS address that never answered is not ready. */
    public boolean isReady() {
        return keys.isReady();
    }

    @Override
    public void close() {
        keys.close();
    }
}
