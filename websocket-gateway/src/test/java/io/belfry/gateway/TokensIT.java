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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a socket makes of the verifier's word, at each of its four doors; and tokens that end while it is open. */
class TokensIT {

    private static final long ANA = 7;

    @AutoClose
    private static final Backbone backbone = Backbone.create();

    @AutoClose
    private static final TestGateway gateway = TestGateway.start(
            backbone,
            Map.of(
                    "BELFRY_JWT_ISSUER", "https://id.example.com",
                    "BELFRY_JWT_AUDIENCE", "belfry",
                    "BELFRY_JWT_CLOCK_SKEW_SECONDS", "1"));

    private static Draft right() {
        return TOKENS.of(ANA).claim("iss", "https://id.example.com").claim("aud", "belfry");
    }

    private static String good() {
        return right().write();
    }

    /** Those that the settings refuse, and one that is no token; TokenVerifierTest has every kind. */
    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(4501, right().claim("iss", "https://evil.io").write()),
                Arguments.of(4501, right().claim("aud", "shop").write()),
                Arguments.of(4501, right().header("alg", "none").writeUnsigned()),
                Arguments.of(4501, "x".repeat(5 * 1024)),
                Arguments.of(4441, expiring(Instant.now().minusSeconds(5))));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void opensForNoneOfThese(int code, String token) {
        assertThat(gateway.dial().bearer(token).refusedWith()).isEqualTo(401);
        try (TestSocket firstFrame = new TestSocket(gateway.dial());
                TestSocket subprotocol = new TestSocket(gateway.dial().subprotocolToken(token));
                TestSocket renewal = gateway.connect(good())) {
            firstFrame.authenticate(token);
            renewal.authenticate(token);
            for (TestSocket socket : List.of(firstFrame, subprotocol, renewal)) {
                assertThat(socket.closed()).isEqualTo(code);
                assertThat(socket.waiting()).isZero();
            }
        }
    }

    @Test
    void readsNoTokenThatIsLargerThanAMessage() {
        String huge = "x".repeat(64 * 1024);
        assertThat(gateway.dial().bearer(huge).refusedWith()).isEqualTo(431);
        try (TestSocket socket = new TestSocket(gateway.dial())) {
            socket.authenticate(huge);
            assertThat(socket.closed()).isEqualTo(1009);
        }
    }

    private static String expiring(Instant at) {
        return right().claim("exp", at.getEpochSecond()).write();
    }

    @Test
    void endsWithItsTokenUnlessItIsRenewed() {
        Instant end = Instant.now().plusSeconds(3);
        try (TestSocket ends = gateway.connect(expiring(end));
                TestSocket renewed = gateway.connect(expiring(end))) {
            renewed.send("{\"type\":\"authenticate\",\"token\":\"%s\",\"ref\":\"a1\"}"
                    .formatted(expiring(Instant.parse("2099-01-01T00:00:00Z"))));
            assertThat(renewed.text())
                    .isEqualTo(
                            "{\"type\":\"authenticated\",\"token_expires_at\":\"2099-01-01T00:00:00.000Z\",\"ref\":\"a1\"}");

            assertThat(ends.closed()).isEqualTo(4441);
            assertThat(Duration.between(end, Instant.now())).isBetween(Duration.ZERO, Duration.ofSeconds(5));
            renewed.ping();
        }
    }

    @Test
    void staysWithItsFirstUser() {
        try (TestSocket ana = gateway.connect(good())) {
            ana.authenticate(right().claim("sub", "8").write());
            assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("wrong_user");
            ana.ping();
        }
    }
}
