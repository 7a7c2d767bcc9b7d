package io.belfry.gateway;

import static io.belfry.gateway.support.TestGateway.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.kit.tokens.Tokens.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that must not open a socket, at each of the four doors; and tokens that end while it is open. */
class TokensIT {

    private static final long ANA = 7;
    private static Backbone backbone;
    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        backbone = Backbone.create();
        gateway = TestGateway.start(
                backbone,
                Map.of(
                        "BELFRY_JWT_ISSUER", "https://id.example.com",
                        "BELFRY_JWT_AUDIENCE", "belfry",
                        "BELFRY_JWT_CLOCK_SKEW_SECONDS", "1"));
    }

    @AfterAll
    static void stop() {
        gateway.close();
        backbone.close();
    }

    private static Draft right() {
        return TOKENS.of(ANA).claim("iss", "https://id.example.com").claim("aud", "belfry");
    }

    private static String good() {
        return right().write();
    }

    /** One of each kind, for the doors; TokenVerifierTest and ForgedTokensIT have them all. */
    static Stream<Arguments> forged() {
        String good = good();
        String[] parts = good.split("\\.", -1);
        String others = right().claim("sub", "8").write().split("\\.", -1)[1];
        return Stream.of(
                Arguments.of("alg none", right().header("alg", "none").writeUnsigned()),
                Arguments.of(
                        "another secret", right().signedWith("x".repeat(32)).write()),
                Arguments.of("another's claims", parts[0] + "." + others + "." + parts[2]),
                Arguments.of("no exp", right().without("exp").write()),
                Arguments.of("a sub that is no id", right().claim("sub", "ana").write()),
                Arguments.of(
                        "not yet",
                        right().claim("nbf", Instant.now().plusSeconds(900).getEpochSecond())
                                .write()),
                Arguments.of(
                        "another issuer",
                        right().claim("iss", "https://evil.io").write()),
                Arguments.of("another audience", right().claim("aud", "shop").write()),
                Arguments.of(
                        "a refresh token",
                        right().claim("token_type", "refresh").write()),
                Arguments.of(
                        "its own key at a jku",
                        right().header("jku", "http://127.0.0.1:1/")
                                .signedWith("y".repeat(32))
                                .write()),
                Arguments.of(
                        "a kid that is a path",
                        right().header("kid", "../../../../dev/null")
                                .signedWith("\0")
                                .write()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void opensForNoneOfThese(String what, String token) {
        assertThat(TestSocket.refused(gateway, Map.of("Authorization", "Bearer " + token)))
                .as("%s in a header", what)
                .isEqualTo(401);
        try (TestSocket firstFrame = TestSocket.open(gateway, Map.of());
                TestSocket subprotocol = TestSocket.open(gateway, Map.of(), "belfry.v1", "bearer." + token);
                TestSocket renewal = TestSocket.connect(gateway, good())) {
            firstFrame.authenticate(token);
            renewal.authenticate(token);
            for (TestSocket socket : List.of(firstFrame, subprotocol, renewal)) {
                assertThat(socket.closed()).as(what).isEqualTo(4501);
                assertThat(socket.waiting()).isZero();
            }
        }
    }

    @Test
    void opensForTheRightOne() {
        TestSocket.connect(gateway, good()).close();
    }

    @Test
    void closesForATokenThatIsTooLarge() {
        assertThat(TestSocket.refused(gateway, Map.of("Authorization", "Bearer " + "x".repeat(64 * 1024))))
                .isEqualTo(431);
        assertThat(TestSocket.refused(gateway, Map.of("Authorization", "Bearer " + "x".repeat(5 * 1024))))
                .isEqualTo(401);
        try (TestSocket socket = TestSocket.open(gateway, Map.of())) {
            socket.authenticate("x".repeat(64 * 1024));
            assertThat(socket.closed()).isEqualTo(1009);
        }
        try (TestSocket socket = TestSocket.open(gateway, Map.of())) {
            socket.authenticate("x".repeat(5 * 1024));
            assertThat(socket.closed()).isEqualTo(4501);
        }
    }

    private static String expiring(Instant at) {
        return right().claim("exp", at.getEpochSecond()).write();
    }

    @Test
    void tellsAnExpiredTokenFromABadOne() {
        String expired = expiring(Instant.now().minusSeconds(5));
        assertThat(TestSocket.refused(gateway, Map.of("Authorization", "Bearer " + expired)))
                .isEqualTo(401);
        try (TestSocket socket = TestSocket.open(gateway, Map.of(), "belfry.v1", "bearer." + expired)) {
            assertThat(socket.closed()).isEqualTo(4441);
        }
        try (TestSocket socket = TestSocket.open(gateway, Map.of())) {
            socket.authenticate(expired);
            assertThat(socket.closed()).isEqualTo(4441);
        }
        try (TestSocket open = TestSocket.connect(gateway, good())) {
            open.authenticate(expired);
            assertThat(open.closed()).isEqualTo(4441);
        }
    }

    @Test
    void endsWithItsTokenUnlessItIsRenewed() {
        Instant end = Instant.now().plusSeconds(3);
        try (TestSocket ends = TestSocket.connect(gateway, expiring(end));
                TestSocket renewed = TestSocket.connect(gateway, expiring(end))) {
            renewed.send("{\"type\":\"authenticate\",\"token\":\"%s\",\"ref\":\"a1\"}"
                    .formatted(expiring(Instant.parse("2099-01-01T00:00:00Z"))));
            assertThat(renewed.text())
                    .isEqualTo(
                            "{\"type\":\"authenticated\",\"token_expires_at\":\"2099-01-01T00:00:00.000Z\",\"ref\":\"a1\"}");

            assertThat(ends.closed()).isEqualTo(4441);
            assertThat(Duration.between(end, Instant.now())).isBetween(Duration.ZERO, Duration.ofSeconds(5));
            renewed.send("{\"type\":\"ping\"}");
            renewed.frame("pong");
        }
    }

    @Test
    void staysWithItsFirstUser() {
        try (TestSocket ana = TestSocket.connect(gateway, good())) {
            ana.authenticate(right().claim("sub", "8").write());
            assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("wrong_user");
            ana.send("{\"type\":\"ping\"}");
            ana.frame("pong");
        }
    }
}
