package io.belfry.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.access.TokenJson;
import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestSystem;
import io.belfry.api.support.Tokens;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forged and broken tokens: none gets in, and none learns why. */
class TokensIT {

    private static final String PAYLOAD = "{\"sub\":\"7\",\"exp\":4102444800}";

    private final TestSystem system = TestSystem.shared();

    private static String encode(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String unsigned(String algorithm) {
        return encode("{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\"}") + "." + encode(PAYLOAD) + ".";
    }

    private static String withHeader(Map<String, ?> header) {
        return Tokens.valid()
                .header()
                .add(header)
                .and()
                .subject("7")
                .signWith(Tokens.KEY)
                .compact();
    }

    static Stream<Arguments> badTokens() {
        KeyPair rsa = Jwts.SIG.RS256.keyPair().build();
        String good = Tokens.user(7);
        String[] parts = good.split("\\.");
        Instant now = Instant.now();
        return Stream.of(
                Arguments.of("none", unsigned("none")),
                Arguments.of("None", unsigned("None")),
                Arguments.of("NONE", unsigned("NONE")),
                Arguments.of(
                        "signed with another secret",
                        Tokens.valid()
                                .subject("7")
                                .signWith(Keys.hmacShaKeyFor(new byte[32]))
                                .compact()),
                Arguments.of(
                        "signed with the bytes of a public key",
                        Tokens.valid()
                                .subject("7")
                                .signWith(Keys.hmacShaKeyFor(rsa.getPublic().getEncoded()))
                                .compact()),
                Arguments.of(
                        "signed with a private key of ours",
                        Tokens.valid().subject("7").signWith(rsa.getPrivate()).compact()),
                Arguments.of(
                        "HS384",
                        Tokens.valid()
                                .subject("7")
                                .signWith(
                                        Keys.hmacShaKeyFor(
                                                (Tokens.SECRET + Tokens.SECRET).getBytes(StandardCharsets.UTF_8)),
                                        Jwts.SIG.HS384)
                                .compact()),
                Arguments.of("signature stripped", parts[0] + "." + parts[1] + "."),
                Arguments.of("signature cut off", good.substring(0, good.length() - 4)),
                Arguments.of("payload changed", parts[0] + "." + encode(PAYLOAD) + "." + parts[2]),
                Arguments.of(
                        "no exp",
                        Jwts.builder()
                                .json(new TokenJson.Writer())
                                .subject("7")
                                .signWith(Tokens.KEY)
                                .compact()),
                Arguments.of("no sub", Tokens.valid().signWith(Tokens.KEY).compact()),
                Arguments.of(
                        "sub that is no id",
                        Tokens.valid().subject("ana").signWith(Tokens.KEY).compact()),
                Arguments.of(
                        "sub 0",
                        Tokens.valid().subject("0").signWith(Tokens.KEY).compact()),
                Arguments.of(
                        "sub 2^53",
                        Tokens.valid()
                                .subject("9007199254740992")
                                .signWith(Tokens.KEY)
                                .compact()),
                Arguments.of(
                        "expired",
                        Tokens.valid()
                                .subject("7")
                                .expiration(Date.from(now.minusSeconds(61)))
                                .signWith(Tokens.KEY)
                                .compact()),
                Arguments.of(
                        "not valid yet",
                        Tokens.valid()
                                .subject("7")
                                .notBefore(Date.from(now.plusSeconds(120)))
                                .signWith(Tokens.KEY)
                                .compact()),
                Arguments.of("crit", withHeader(Map.of("crit", List.of("x"), "x", 1))),
                Arguments.of(
                        "compressed",
                        Tokens.valid()
                                .subject("7")
                                .claim("bomb", "a".repeat(1_000_000))
                                .compressWith(Jwts.ZIP.DEF)
                                .signWith(Tokens.KEY)
                                .compact()),
                Arguments.of(
                        "a refresh token",
                        Tokens.valid()
                                .subject("7")
                                .claim("token_type", "refresh")
                                .signWith(Tokens.KEY)
                                .compact()),
                Arguments.of(
                        "roles that are no list",
                        Tokens.valid()
                                .subject("7")
                                .claim("roles", "admin")
                                .signWith(Tokens.KEY)
                                .compact()),
                Arguments.of("five parts", "a.b.c.d.e"),
                Arguments.of("one part", "nonsense"),
                Arguments.of(
                        "over 4 KiB",
                        Tokens.valid()
                                .subject("7")
                                .claim("x", "x".repeat(4096))
                                .signWith(Tokens.KEY)
                                .compact()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void isRefusedWithoutAReason(String what, String token) {
        Answer answer = system.as(token).get("/api/me/");

        assertThat(answer.problem()).isEqualTo("unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(answer.text())
                .isEqualTo(system.as("other").get("/api/me/").text())
                .doesNotContain(token);
    }

    /** Keys that a token brings along or points to are not looked at; the signature by ours is what counts. */
    @ParameterizedTest
    @ValueSource(strings = {"jku", "x5u", "kid"})
    void pointersInAHeaderLeadNowhere(String name) {
        String value = name.equals("kid") ? "../../dev/null' or 1=1" : "http://127.0.0.1:1/keys";
        KeyPair rsa = Jwts.SIG.RS256.keyPair().build();
        String foreign = Tokens.valid()
                .header()
                .add(name, value)
                .and()
                .subject("7")
                .signWith(rsa.getPrivate())
                .compact();

        assertThat(system.as(foreign).get("/api/me/").status()).isEqualTo(401);
        assertThat(system.as(withHeader(Map.of(name, value))).get("/api/me/").status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "Token abc", "bearer"})
    void otherAuthorizationIsRefused(String header) {
        Answer answer = system.anonymous().get("/api/me/", "Authorization", header);

        assertThat(answer.problem()).isEqualTo("unauthorized");
        assertThat(answer.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void twoTokensAreRefused() {
        assertThat(system.asUser(7)
                        .get("/api/me/", "Authorization", "Bearer " + Tokens.user(8))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nothingWithoutAToken() {
        for (String path : List.of("/api/notifications/", "/api/me/", "/api/courses/", "/api/unknown/", "/api")) {
            Answer answer = system.anonymous().get(path);
            assertThat(answer.problem()).isEqualTo("unauthorized");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        }
    }

    @Test
    void schemeIsWrittenInAnyCase() {
        assertThat(system.anonymous()
                        .get("/api/me/", "Authorization", "bearer " + Tokens.user(7))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void clocksMayDifferAMinute() {
        String justExpired = Tokens.valid()
                .subject("7")
                .expiration(Date.from(Instant.now().minusSeconds(30)))
                .signWith(Tokens.KEY)
                .compact();

        assertThat(system.as(justExpired).get("/api/me/").status()).isEqualTo(200);
    }

    @Test
    void tokenInTheQueryIsNoToken() {
        assertThat(system.anonymous().get("/api/me/?token=" + Tokens.user(7)).status())
                .isEqualTo(401);
    }
}
