package io.belfry.access;

import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where the keys for a token's signature come from. Never from the token. */
interface TokenKeys extends AutoCloseable {

    /** No key set has been fetched yet. */
    final class KeysUnavailableException extends RuntimeException {}

    static TokenKeys of(TokenSettings settings) {
        if (settings.jwksUrl() != null) {
            return new JwksKeys(settings.jwksUrl());
        }
        Key key = settings.publicKey() != null
                ? PublicKeys.parse(settings.publicKey())
                : Keys.hmacShaKeyFor(Objects.requireNonNull(settings.secret()).getBytes(StandardCharsets.UTF_8));
        return (algorithm, id) -> List.of(key);
    }

    /**
     * The keys that may have made a token's signature, a few at most; none refuses the token.
     *
     * @param algorithm what the token says of itself: it selects among the keys, and each key takes its own alone
     * @param id what the token calls its key; null = nothing
     * @throws KeysUnavailableException if none were fetched yet
     */
    List<Key> candidates(String algorithm, @Nullable String id);

    default boolean isReady() {
        return true;
    }

    @Override
    default void close() {}
}
