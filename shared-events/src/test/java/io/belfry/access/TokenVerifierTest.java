package io.belfry.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.belfry.access.Caller.Role;
import io.belfry.access.TokenRejectedException.Reason;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenVerifierTest {

    private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");
    private static final String SECRET = "long enough for HS512, which is not taken all the same: 64 bytes!";
    private static final SecretKey KEY = Keys.hmacShaKeyFor(SECRET.getBytes(StandardCharsets.UTF_8));

    private final TokenVerifier verifier = verifier(Map.of("BELFRY_JWT_SECRET", SECRET));

    @Test
    void saysWhomATokenNames() throws TokenRejectedException {
        Caller caller = verifier.verify(token().claim("name", "Ana Lima")
                .claim("roles", List.of("admin", "wizard"))
                .claim("token_type", "access")
                .issuedAt(Date.from(NOW))
                .signWith(KEY, Jwts.SIG.HS256)
                .compact());
        assertThat(caller).isEqualTo(new Caller("7", 7L, Set.of(Role.ADMIN), "Ana Lima", NOW, NOW.plusSeconds(60)));
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
        assertThat(reason(signed(builder().subject("s".repeat(256)).claim("roles", List.of("service")))))
                .isEqualTo(Reason.INVALID);
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
    void checksIssuerAndAudienceWhenConfigured() {
        TokenVerifier strict = verifier(
                Map.of("BELFRY_JWT_SECRET", SECRET, "BELFRY_JWT_ISSUER", "school", "BELFRY_JWT_AUDIENCE", "belfry"));
        JwtBuilder school = token().issuer("school");
        assertThat(reason(strict, signed(school))).isEqualTo(Reason.INVALID);
        assertThat(reason(
                        strict,
                        signed(token().issuer("school").audience().add("shop").and())))
                .isEqualTo(Reason.INVALID);
        assertThat(reason(strict, signed(school.audience().add("belfry").and())))
                .isNull();
        assertThat(reason(strict, signed(school.issuer("other")))).isEqualTo(Reason.INVALID);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"sub\":\"7\"}",
                "{\"exp\":1900000000}",
                "{\"sub\":\"\",\"exp\":1900000000}",
                "{\"sub\":\"0\",\"exp\":1900000000}",
                "{\"sub\":\"07\",\"exp\":1900000000}",
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

    static Stream<Arguments> forged() {
        KeyPair own = Jwts.SIG.RS256.keyPair().build();
        String claims = "{\"sub\":\"7\",\"exp\":1900000000}";
        String good = signed(token());
        return Stream.of(
                arguments("nothing", ""),
                arguments("one part", "a"),
                arguments("three parts", "a.b.c"),
                arguments("five parts", "a.b.c.d.e"),
                arguments("nothing but dots", ".."),
                arguments("a header's value", "Bearer " + good),
                arguments("no signature", good.substring(0, good.lastIndexOf('.') + 1)),
                arguments("half a signature", good.substring(0, good.length() - 2)),
                arguments("alg none", raw("{\"alg\":\"none\"}", claims)),
                arguments("alg None", raw("{\"alg\":\"None\"}", claims)),
                arguments("no alg", raw("{}", claims)),
                arguments("HS256 said to be HS512", raw("{\"alg\":\"HS512\"}", claims)),
                arguments("HS256 said to be RS256", raw("{\"alg\":\"RS256\"}", claims)),
                arguments(
                        "HS512 of the right secret",
                        token().signWith(KEY, Jwts.SIG.HS512).compact()),
                arguments("crit", raw("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}", claims)),
                arguments("zip", raw("{\"alg\":\"HS256\",\"zip\":\"DEF\"}", claims)),
                arguments(
                        "inflated",
                        signed(token().claim("x", "y".repeat(200_000)).compressWith(Jwts.ZIP.DEF))),
                arguments("too large", signed(token().claim("x", "y".repeat(4_096)))),
                arguments("expired too", signedByAnother(token().expiration(Date.from(NOW.minusSeconds(61))))),
                arguments(
                        "its own key",
                        token().header()
                                .jwk(Jwks.builder()
                                        .key((RSAPublicKey) own.getPublic())
                                        .build())
                                .and()
                                .signWith(own.getPrivate())
                                .compact()),
                withHeader("jku", "http://127.0.0.1:1/"),
                withHeader("x5u", "http://127.0.0.1:1/"),
                withHeader("kid", "../../dev/null"),
                withHeader("kid", "x' union select 'k"));
    }

    private static Arguments withHeader(String name, String value) {
        return arguments(name, signedByAnother(token().header().add(name, value).and()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void refusesWhatOthersMade(String what, String token) {
        assertThat(reason(token)).as(what).isEqualTo(Reason.INVALID);
    }

    @Test
    void publicKeysAreStrongAndTakeTheirOwnAlgorithmOnly() throws Exception {
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1_024);
        String weakKey = pem(weak.generateKeyPair().getPublic());
        assertThatThrownBy(() -> verifier(Map.of("BELFRY_JWT_PUBLIC_KEY", weakKey)))
                .hasMessageContaining("2048 bits");
        for (var algorithm : List.of(Jwts.SIG.RS256, Jwts.SIG.ES256)) {
            KeyPair pair = algorithm.keyPair().build();
            TokenVerifier asymmetric = verifier(
                    Map.of("BELFRY_JWT_PUBLIC_KEY", pem(pair.getPublic()).replace("\n", "\\n")));
            assertThat(asymmetric
                            .verify(token().signWith(pair.getPrivate()).compact())
                            .userId())
                    .isEqualTo(7L);
            // The classic confusion: the public key's own bytes as an HMAC secret.
            SecretKey confused =
                    Keys.hmacShaKeyFor(Arrays.copyOf(pem(pair.getPublic()).getBytes(StandardCharsets.UTF_8), 64));
            assertThat(reason(
                            asymmetric,
                            token().signWith(confused, Jwts.SIG.HS256).compact()))
                    .isEqualTo(Reason.INVALID);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "BELFRY_JWT_ISSUER, school, exactly one",
        "BELFRY_JWT_SECRET, short, 32 bytes",
        "BELFRY_JWT_PUBLIC_KEY, nonsense, BELFRY_JWT_PUBLIC_KEY",
        "BELFRY_JWT_JWKS_URL, id.example/keys, BELFRY_JWT_JWKS_URL"
    })
    void settingsAreRefusedAtStart(String name, String value, String told) {
        assertThatThrownBy(() -> verifier(Map.of(name, value))).hasMessageContaining(told);
    }

    @Test
    void settingsHaveOneKeyAsItStandsAndShowNone() {
        assertThatThrownBy(() ->
                        verifier(Map.of("BELFRY_JWT_SECRET", SECRET, "BELFRY_JWT_JWKS_URL", "http://localhost/keys")))
                .hasMessageContaining("exactly one");
        TokenSettings settings = TokenSettings.fromEnvironment(Map.of("BELFRY_JWT_SECRET", SECRET + " "));
        assertThat(settings.secret()).isEqualTo(SECRET + " ");
        assertThat(settings).asString().doesNotContain(SECRET);
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
        return token.signWith(KEY, Jwts.SIG.HS256).compact();
    }

    private static String signedByAnother(JwtBuilder token) {
        return token.signWith(Jwts.SIG.HS256.key().build()).compact();
    }

    /** A token with any header and claims whatever, rightly signed with HMAC-SHA-256. */
    private static String raw(String header, String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String content = base64.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return content + "." + base64.encodeToString(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
        } catch (GeneralSecurityException e) {
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
