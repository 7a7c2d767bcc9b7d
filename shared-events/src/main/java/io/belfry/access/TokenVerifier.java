package io.belfry.access;

import io.belfry.access.TokenRejectedException.Reason;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.SecureDigestAlgorithm;
import java.time.Clock;
import java.util.Collection;
import java.util.Date;
import java.util.List;

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

    private final TokenKeys keys;
    private final JwtParser parser;
    private final ClaimRules rules;

    public TokenVerifier(TokenSettings settings, Clock clock) {
        this.keys = TokenKeys.of(settings);
        this.rules = new ClaimRules(settings, clock);
        this.parser = Jwts.parser()
                .json(new TokenJson.Reader())
                .clock(() -> Date.from(clock.instant()))
                .clockSkewSeconds(settings.clockSkew().toSeconds())
                .keyLocator(keys)
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

    /** @throws TokenRejectedException if it names nobody; the message holds nothing of the token */
    public Caller verify(String token) throws TokenRejectedException {
        if (token.isEmpty() || token.length() > MAX_TOKEN_LENGTH) {
            throw new TokenRejectedException(Reason.INVALID, "no token of acceptable size");
        }
        try {
            return rules.caller(parser.parseSignedClaims(token).getPayload());
        } catch (ExpiredJwtException e) {
            // Its signature held; if all else does, the caller only needs a new one.
            rules.caller(e.getClaims());
            throw new TokenRejectedException(Reason.EXPIRED, "expired");
        } catch (KeysUnavailableException e) {
            throw new TokenRejectedException(Reason.UNAVAILABLE, "no keys yet");
        } catch (JwtException | IllegalArgumentException e) {
            throw new TokenRejectedException(Reason.INVALID, "not a valid token");
        }
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
