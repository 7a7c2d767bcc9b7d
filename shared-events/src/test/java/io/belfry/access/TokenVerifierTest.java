package io.belfry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.belfry.access.TokenRejectedException.Reason;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SECRET = "a secret of at least thirty-two bytes!";
    private static final SecretKey KEY = Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8));

    private final TokenVerifier verifier = verifier(Map.of("BELFRY_JWT_SECRET", SECRET));

    @Test
    void saysWhomATokenNames() throws TokenRejectedException {
        Caller caller = verifier.verify(token().claim("name", "Ana Lima")
                .claim("roles", List.of("admin", "wizard"))
                .claim("token_type", "access")
                .issuedAt(Date.from(NOW))
                .signWith(KEY)
                .compact());
        assertThat(caller)
                .isEqualTo(new Caller("7", 7L, java.util.Set.of(Role.ADMIN), "Ana Lima", NOW, NOW.plusSeconds(60)));
    }

    @Test
    void takesIntegerSubjectsAndOtherClaims() throws TokenRejectedException {
        String integerSub = raw(
                "{\"alg\":\"HS256\"}",
                "{\"sub\":7,\"exp\":" + NOW.plusSeconds(9).getEpochSecond() + "}");
        assertThat(verifier.verify(integerSub).userId()).isEqualTo(7L);
        TokenVerifier simpleJwt = verifier(Map.of("BELFRY_JWT_SECRET", SECRET, "BELFRY_JWT_USER_CLAIM", "user_id"));
        for (Object nine : List.of(9, "9")) {
            assertThat(simpleJwt
                            .verify(signed(builder().claim("user_id", nine)))
                            .userId())
                    .isEqualTo(9L);
        }
    }

    @Test
    void aServiceHasANameAndNoInbox() throws TokenRejectedException {
        Caller caller = verifier.verify(signed(builder().subject("exam service").claim("roles", List.of("service"))));
        assertThat(caller.userId()).isNull();
        assertThat(caller.subject()).isEqualTo("exam service");
    }

    @ParameterizedTest
    @CsvSource({"7, -59, 0,", "7, -61, 0, EXPIRED", "none, -61, 0, INVALID", "7, 60, 59,", "7, 60, 61, INVALID"})
    void toleratesClockSkewAndTellsExpiredFromWrong(String subject, int expiresIn, int notBeforeIn, Reason reason) {
        String token = signed(token().subject(subject)
                .expiration(Date.from(NOW.plusSeconds(expiresIn)))
                .notBefore(Date.from(NOW.plusSeconds(notBeforeIn))));
        assertThat(reason(token)).isEqualTo(reason);
    }

    @Test
    void isWrongBeforeItIsExpired() {
        SecretKey other = Jwts.SIG.HS256.key().build();
        String token = token().expiration(Date.from(NOW.minusSeconds(61)))
                .signWith(other)
                .compact();
        assertThat(reason(token)).isEqualTo(Reason.INVALID);
    }

    @Test
    void checksIssuerAndAudienceWhenConfigured() throws TokenRejectedException {
        TokenVerifier strict = verifier(
                Map.of("BELFRY_JWT_SECRET", SECRET, "BELFRY_JWT_ISSUER", "school", "BELFRY_JWT_AUDIENCE", "belfry"));
        assertThat(strict.verify(signed(token().issuer("school")
                                .audience()
                                .add("belfry")
                                .and()))
                        .userId())
                .isEqualTo(7L);
        assertThat(reason(strict, signed(token().issuer("school")))).isEqualTo(Reason.INVALID);
        assertThat(reason(
                        strict,
                        signed(token().issuer("other").audience().add("belfry").and())))
                .isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"7\"}",
                "{\"exp\":1900000000}",
                "{\"sub\":\"\",\"exp\":1900000000}",
                "{\"sub\":\"0\",\"exp\":1900000000}",
                "{\"sub\":\"-7\",\"exp\":1900000000}",
                "{\"sub\":7.5,\"exp\":1900000000}",
                "{\"sub\":true,\"exp\":1900000000}",
                "{\"sub\":[7],\"exp\":1900000000}",
                "{\"sub\":\"9007199254740992\",\"exp\":1900000000}",
                "{\"sub\":\"7' or 1=1\",\"exp\":1900000000}",
                "{\"sub\":\"7\",\"exp\":\"soon\"}",
                "{\"sub\":\"7\",\"exp\":1900000000,\"token_type\":\"refresh\"}",
                "{\"sub\":\"7\",\"exp\":1900000000,\"roles\":\"admin\"}",
                "{\"sub\":\"7\",\"sub\":\"8\",\"exp\":1900000000}",
                "[]",
                ""
            })
    void refusesClaimsThatNameNoUser(String claims) {
        assertThat(reason(raw("{\"alg\":\"HS256\"}", claims))).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"alg\":\"none\"}",
                "{\"alg\":\"None\"}",
                "{\"alg\":\"HS512\"}",
                "{\"alg\":\"RS256\"}",
                "{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}",
                "{\"alg\":\"HS256\",\"zip\":\"DEF\"}",
                "{}"
            })
    void theAlgorithmFollowsTheKeyNeverTheToken(String header) {
        assertThat(reason(raw(header, "{\"sub\":\"7\",\"exp\":1900000000}"))).isEqualTo(Reason.INVALID);
    }

    @Test
    void takesNoOtherAlgorithmOfItsOwnSecret() {
        String secret = SECRET.repeat(2);
        SecretKey key = Keys.hmacShaKeyFor(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(reason(
                        verifier(Map.of("BELFRY_JWT_SECRET", secret)),
                        token().signWith(key, Jwts.SIG.HS512).compact()))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesKeysThatTheTokenBrings() {
        KeyPair own = Jwts.SIG.RS256.keyPair().build();
        assertThat(reason(token().header()
                        .jwk(io.jsonwebtoken.security.Jwks.builder()
                                .key((java.security.interfaces.RSAPublicKey) own.getPublic())
                                .build())
                        .and()
                        .signWith(own.getPrivate())
                        .compact()))
                .isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @CsvSource({"jku, http://127.0.0.1:1/", "x5u, http://127.0.0.1:1/", "kid, ../../dev/null", "kid, x' union select 'k"
    })
    void asksNoHeaderForAKey(String header, String value) {
        assertThat(reason(token().header()
                        .add(header, value)
                        .and()
                        .signWith(Jwts.SIG.HS256.key().build())
                        .compact()))
                .isEqualTo(Reason.INVALID);
    }

    @Test
    void inflatesNothing() {
        String bomb = signed(token().claim("x", "y".repeat(200_000)).compressWith(Jwts.ZIP.DEF));
        assertThat(bomb).hasSizeLessThan(4_096);
        assertThat(reason(bomb)).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "a.b", "a.b.c", "a.b.c.d.e", "..", "Bearer x"})
    void refusesWhatIsNoToken(String token) {
        assertThat(reason(token)).isEqualTo(Reason.INVALID);
    }

    @Test
    void refusesBrokenSignaturesAndOversizedTokens() {
        String token = signed(token());
        assertThat(reason(token.substring(0, token.length() - 2))).isEqualTo(Reason.INVALID);
        assertThat(reason(token.substring(0, token.lastIndexOf('.') + 1))).isEqualTo(Reason.INVALID);
        assertThat(reason(signed(token().claim("x", "y".repeat(4_096))))).isEqualTo(Reason.INVALID);
    }

    @Test
    void publicKeysTakeTheirOwnAlgorithmOnly() throws TokenRejectedException {
        for (var algorithm : List.of(Jwts.SIG.RS256, Jwts.SIG.ES256)) {
            KeyPair pair = algorithm.keyPair().build();
            TokenVerifier asymmetric = verifier(Map.of("BELFRY_JWT_PUBLIC_KEY", pem(pair.getPublic())));
            assertThat(asymmetric
                            .verify(token().signWith(pair.getPrivate()).compact())
                            .userId())
                    .isEqualTo(7L);
            // The classic confusion: the public key's own bytes as an HMAC secret.
            SecretKey confused = Keys.hmacShaKeyFor(
                    java.util.Arrays.copyOf(pem(pair.getPublic()).getBytes(StandardCharsets.UTF_8), 64));
            assertThat(reason(
                            asymmetric,
                            token().signWith(confused, Jwts.SIG.HS256).compact()))
                    .isEqualTo(Reason.INVALID);
        }
    }

    @Test
    void settingsAreRefusedAtStart() {
        Map<Map<String, String>, String> bad = Map.of(
                Map.of(), "exactly one",
                Map.of("BELFRY_JWT_SECRET", SECRET, "BELFRY_JWT_JWKS_URL", "http://localhost/keys"), "exactly one",
                Map.of("BELFRY_JWT_SECRET", "short"), "32 bytes",
                Map.of("BELFRY_JWT_PUBLIC_KEY", "nonsense"), "BELFRY_JWT_PUBLIC_KEY",
                Map.of("BELFRY_JWT_JWKS_URL", "id.example/keys"), "BELFRY_JWT_JWKS_URL");
        bad.forEach((environment, told) ->
                assertThatThrownBy(() -> verifier(environment)).hasMessageContaining(told));
        assertThat(TokenSettings.fromEnvironment(Map.of("BELFRY_JWT_SECRET", SECRET + " "))
                        .secret())
                .isEqualTo(SECRET + " ");
        assertThat(TokenSettings.fromEnvironment(Map.of("BELFRY_JWT_SECRET", SECRET)))
                .asString()
                .doesNotContain(SECRET);
    }

    @Test
    void aSignOutEndsTokensIssuedBeforeIt() throws TokenRejectedException {
        Caller caller = verifier.verify(signed(token().issuedAt(Date.from(NOW))));
        assertThat(caller.issuedBefore(NOW.plusMillis(1))).isTrue();
        assertThat(caller.issuedBefore(NOW)).isFalse();
        assertThat(verifier.verify(signed(token())).issuedBefore(NOW)).isTrue();
    }

    private static JwtBuilder builder() {
        return Jwts.builder().json(new TokenJson.Writer()).expiration(Date.from(NOW.plusSeconds(60)));
    }

    private static JwtBuilder token() {
        return builder().subject("7");
    }

    private static String signed(JwtBuilder token) {
        return token.signWith(KEY).compact();
    }

    /** A token with any header and claims whatever, rightly signed with HMAC-SHA-256. */
    private static String raw(String header, String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String content = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        try {
            javax.crypto.Mac mac = javax.crypto.Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return content + "." + base64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(PublicKey key) {
        return "-----BEGIN PUBLIC KEY-----\n" + Base64.getMimeEncoder().encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static TokenVerifier verifier(Map<String, String> environment) {
        return new TokenVerifier(TokenSettings.fromEnvironment(environment), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private Reason reason(String token) {
        return reason(verifier, token);
    }

    /** Why it is refused; null = it is good. */
    private static Reason reason(TokenVerifier verifier, String token) {
        TokenRejectedException refusal =
                catchThrowableOfType(TokenRejectedException.class, () -> verifier.verify(token));
        return refusal == null ? null : refusal.reason();
    }
}
