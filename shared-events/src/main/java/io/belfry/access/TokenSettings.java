package io.belfry.access;

import io.belfry.runtime.settings.Variables;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
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
    }

    /**
     * The settings in {@code BELFRY_JWT_*}; a blank variable is an absent one.
     *
     * @throws IllegalArgumentException naming the variable that is wrong or missing
     */
    public static TokenSettings fromEnvironment(Map<String, String> environment) {
        Variables variables = new Variables(environment);
        return new TokenSettings(
                variables.verbatim("BELFRY_JWT_SECRET"),
                variables.verbatim("BELFRY_JWT_PUBLIC_KEY"),
                variables.address("BELFRY_JWT_JWKS_URL", List.of("http", "https")),
                variables.text("BELFRY_JWT_ISSUER"),
                variables.text("BELFRY_JWT_AUDIENCE"),
                variables.text("BELFRY_JWT_USER_CLAIM", "sub"),
                variables.seconds("BELFRY_JWT_CLOCK_SKEW_SECONDS", 60, 0, Integer.MAX_VALUE));
    }

    @Override
    public String toString() {
        return "TokenSettings[keys are not shown]";
    }
}
