package io.belfry.access;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens are right.
 *
 * @param secret for HS256, at least 32 bytes of UTF-8; exactly one of secret, publicKey and jwksUrl is set
 * @param publicKey PEM, RSA (RS256) or EC P-256 (ES256)
 * @param jwksUrl where a JSON Web Key Set is read from
 * @param issuer checked if set
 * @param audience checked if set
 * @param userClaim the claim that holds the user id, usually {@code sub}
 * @param clockSkew how far clocks may differ, 0 or more
 */
public record TokenSettings(
        @Nullable String secret,
        @Nullable String publicKey,
        @Nullable URI jwksUrl,
        @Nullable String issuer,
        @Nullable String audience,
        String userClaim,
        Duration clockSkew) {

    private static final int MIN_SECRET_BYTES = 32;

    public TokenSettings {
        long keys =
                Stream.of(secret, publicKey, jwksUrl).filter(key -> key != null).count();
        if (keys != 1) {
            throw new IllegalArgumentException(
                    "set exactly one of BELFRY_JWT_SECRET, BELFRY_JWT_PUBLIC_KEY and BELFRY_JWT_JWKS_URL");
        }
        if (secret != null && secret.getBytes(StandardCharsets.UTF_8).length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("BELFRY_JWT_SECRET must have at least 32 bytes");
        }
        if (clockSkew.isNegative()) {
            throw new IllegalArgumentException("BELFRY_JWT_CLOCK_SKEW_SECONDS must not be negative");
        }
    }

    /** The settings in {@code BELFRY_JWT_*}; a blank variable is an absent one. */
    public static TokenSettings fromEnvironment(Map<String, String> environment) {
        String jwksUrl = get(environment, "BELFRY_JWT_JWKS_URL");
        String userClaim = get(environment, "BELFRY_JWT_USER_CLAIM");
        String skew = get(environment, "BELFRY_JWT_CLOCK_SKEW_SECONDS");
        return new TokenSettings(
                get(environment, "BELFRY_JWT_SECRET"),
                get(environment, "BELFRY_JWT_PUBLIC_KEY"),
                jwksUrl == null ? null : URI.create(jwksUrl),
                get(environment, "BELFRY_JWT_ISSUER"),
                get(environment, "BELFRY_JWT_AUDIENCE"),
                userClaim == null ? "sub" : userClaim,
                skew == null ? Duration.ofSeconds(60) : seconds("BELFRY_JWT_CLOCK_SKEW_SECONDS", skew));
    }

    private static @Nullable String get(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static Duration seconds(String name, String value) {
        try {
            return Duration.ofSeconds(Long.parseLong(value.trim()));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(name + " must be a whole number of seconds", e);
        }
    }

    @Override
    public String toString() {
        return "TokenSettings[keys are not shown]";
    }
}
