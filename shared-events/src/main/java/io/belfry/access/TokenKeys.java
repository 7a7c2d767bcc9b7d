package io.belfry.access;

import io.jsonwebtoken.Header;
import io.jsonwebtoken.Locator;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import org.jspecify.annotations.Nullable;

/** Where the key for a token's signature comes from. Never from the token. */
interface TokenKeys extends Locator<Key>, AutoCloseable {

    static TokenKeys of(TokenSettings settings) {
        if (settings.jwksUrl() != null) {
            return new JwksKeys(settings.jwksUrl());
        }
        if (settings.publicKey() != null) {
            return fixed(PublicKeys.parse(settings.publicKey()));
        }
        String secret = settings.secret();
        if (secret == null) {
            throw new IllegalArgumentException("no key");
        }
        return fixed(Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8)));
    }

    private static TokenKeys fixed(Key key) {
        return new TokenKeys() {
            @Override
            public Key locate(Header header) {
                return key;
            }
        };
    }

    /** @return null if no key fits, which refuses the token */
    @Override
    @Nullable
    Key locate(Header header);

    default boolean isReady() {
        return true;
    }

    @Override
    default void close() {}
}
