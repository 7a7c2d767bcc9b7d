package io.belfry.api.access;

import static io.belfry.api.support.TestSystem.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.api.support.Api.Answer;
import io.belfry.api.support.TestSystem;
import io.belfry.kit.tokens.Tokens.Draft;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Forged and broken tokens at this door: none gets in, and none learns why. What is one is TokenVerifierTest's. */
class TokensIT {

    private final TestSystem system = TestSystem.shared();

    private static Draft valid() {
        return TOKENS.of(7);
    }

    static Stream<Arguments> badTokens() {
        String good = TOKENS.user(7);
        return Stream.of(
                Arguments.of("unsigned", valid().header("alg", "none").writeUnsigned()),
                Arguments.of(
                        "of another secret",
                        valid().signedWith("another secret of the same length").write()),
                Arguments.of("signature cut off", good.substring(0, good.length() - 4)),
                Arguments.of("no exp", valid().without("exp").write()),
                Arguments.of("no sub", valid().without("sub").write()),
                Arguments.of("sub that is no id", TOKENS.of("ana").write()),
                Arguments.of(
                        "expired", valid().expiringIn(Duration.ofSeconds(-61)).write()),
                Arguments.of(
                        "a refresh token",
                        valid().claim("token_type", "refresh").write()),
                Arguments.of("no token", "nonsense"),
                Arguments.of("over 4 KiB", valid().claim("x", "x".repeat(4096)).write()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void isRefusedWithoutAReason(String what, String token) {
        Answer answer = system.as(token).get("/api/me/").is("unauthorized");

        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
        assertThat(answer.text())
                .isEqualTo(system.as("other").get("/api/me/").text())
                .doesNotContain(token);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic YTpi", "Bearer", "Bearer ", "Token abc", "bearer"})
    void otherAuthorizationIsRefused(String header) {
        Answer answer = system.anonymous().get("/api/me/", "Authorization", header);

        assertThat(answer.is("unauthorized").header("WWW-Authenticate")).startsWith("Bearer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/notifications/", "/api/me/", "/api/courses/", "/api/unknown/", "/api"})
    void nothingWithoutAToken(String path) {
        Answer answer = system.anonymous().get(path);

        assertThat(answer.is("unauthorized").header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @Test
    void tokenStandsOnceInItsHeaderAlone() {
        system.asUser(7)
                .get("/api/me/", "Authorization", "Bearer " + TOKENS.user(8))
                .is(401);
        system.anonymous().get("/api/me/?token=" + TOKENS.user(7)).is(401);
        system.anonymous()
                .get("/api/me/", "Authorization", "bearer " + TOKENS.user(7))
                .is(200);
    }
}
