package io.belfry.kit.tokens;

import io.belfry.kit.contract.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The platform's sign-in service: writes tokens with the system's secret, and forged ones. */
public record Tokens(String secret) {

    private static final Duration LIFETIME = Duration.ofHours(1);

    public String user(long id) {
        return of(id).write();
    }

    public String admin(long id) {
        return of(id).claim("roles", List.of("admin")).write();
    }

    public String service(String name) {
        return of(name).claim("roles", List.of("service")).write();
    }

    /** A right token for this subject, to be changed before it is written. */
    public Draft of(Object subject) {
        Instant now = Instant.now();
        return new Draft()
                .claim("sub", String.valueOf(subject))
                .claim("iat", now.getEpochSecond())
                .claim("exp", now.plus(LIFETIME).getEpochSecond());
    }

    /** One token in the making; not for several threads. */
    public final class Draft {

        private final Map<String, Object> header = new LinkedHashMap<>(Map.of("alg", "HS256"));
        private final Map<String, Object> claims = new LinkedHashMap<>();
        private String key = secret;

        public Draft header(String name, Object value) {
            header.put(name, value);
            return this;
        }

        public Draft claim(String name, Object value) {
            claims.put(name, value);
            return this;
        }

        public Draft without(String claim) {
            claims.remove(claim);
            return this;
        }

        public Draft expiringIn(Duration time) {
            return claim("exp", Instant.now().plus(time).getEpochSecond());
        }

        public Draft signedWith(String otherSecret) {
            key = otherSecret;
            return this;
        }

        public String write() {
            String signed = base64(json(header)) + "." + base64(json(claims));
            return signed + "." + base64(sign(signed));
        }

        /** With the signature left out, as {@code alg: none} has it. */
        public String writeUnsigned() {
            return base64(json(header)) + "." + base64(json(claims)) + ".";
        }

        private byte[] sign(String text) {
            String algorithm = "HS512".equals(header.get("alg")) ? "HmacSHA512" : "HmacSHA256";
            try {
                Mac mac = Mac.getInstance(algorithm);
                mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
                return mac.doFinal(text.getBytes(StandardCharsets.US_ASCII));
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        }

        private static byte[] json(Map<String, Object> map) {
            return Json.bytes(Json.tree(map));
        }

        private static String base64(byte[] bytes) {
            return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        }
    }
}
