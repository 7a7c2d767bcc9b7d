package io.belfry.acceptance.input;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.kit.tokens.Tokens;
import io.belfry.kit.tokens.Tokens.Draft;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tokens that name nobody, at all four doors: none gets in anywhere. */
class ForgedTokensIT {

    private static final NotificationSystem SYSTEM = NotificationSystem.shared();
    private static final long USER = SYSTEM.platform().newUserId();

    private static Draft draft() {
        return SYSTEM.tokens().of(USER);
    }

    static Stream<Arguments> forged() {
        Tokens tokens = SYSTEM.tokens();
        String right = tokens.user(USER);
        String[] parts = right.split("\\.");
        Map<String, String> all = new LinkedHashMap<>();
        all.put("alg none", draft().header("alg", "none").writeUnsigned());
        all.put("alg None", draft().header("alg", "None").writeUnsigned());
        all.put("alg NONE", draft().header("alg", "NONE").writeUnsigned());
        all.put("none with a signature", draft().header("alg", "none").write());
        all.put("another secret", draft().signedWith("x".repeat(32)).write());
        all.put("an empty secret's neighbour", draft().signedWith("\0").write());
        all.put("HS512", draft().header("alg", "HS512").write());
        all.put("RS256 over a secret", draft().header("alg", "RS256").write());
        all.put("no signature", parts[0] + "." + parts[1] + ".");
        all.put("two parts", parts[0] + "." + parts[1]);
        all.put("five parts", right + ".a.b");
        all.put("a cut signature", right.substring(0, right.length() - 4));
        all.put(
                "other claims under the signature",
                parts[0] + "." + draft().claim("sub", "1").write().split("\\.")[1] + "." + parts[2]);
        all.put("no exp", draft().without("exp").write());
        all.put("exp as text", draft().claim("exp", "tomorrow").write());
        all.put("no sub", draft().without("sub").write());
        all.put("empty sub", draft().claim("sub", "").write());
        all.put("sub 0", draft().claim("sub", "0").write());
        all.put("sub -7", draft().claim("sub", -7).write());
        all.put("sub 1.5", draft().claim("sub", 1.5).write());
        all.put("sub beyond 2^53", draft().claim("sub", "9007199254740992").write());
        all.put("sub as a list", draft().claim("sub", List.of(USER)).write());
        all.put(
                "not yet",
                draft().claim("nbf", Instant.now().plusSeconds(600).getEpochSecond())
                        .write());
        all.put("a refresh token", draft().claim("token_type", "refresh").write());
        all.put(
                "an unknown crit",
                draft().header("crit", List.of("exp2")).header("exp2", 1).write());
        all.put("a compressed one", draft().header("zip", "DEF").write());
        all.put("roles as text", draft().claim("roles", "admin").write());
        all.put("too long", draft().claim("padding", "x".repeat(5_000)).write());
        all.put("no token at all", "x");
        all.put("JSON", "{\"sub\":\"7\"}".replace("\"", "'"));
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forged")
    void isRefusedAtEveryDoor(String what, String token) {
        SYSTEM.nobody().as(token).get("/api/me/").expectProblem(401);
        assertThat(Dial.to(SYSTEM.gatewayAddress(1)).bearer(token).refusedWith())
                .as(what)
                .isEqualTo(401);
        try (SocketClient frame = Dial.to(SYSTEM.gatewayAddress(1)).open()) {
            frame.send(Json.object("type", "authenticate", "token", token));
            assertThat(frame.awaitClosed().code()).as(what).isEqualTo(4501);
            assertThat(frame.frames()).isEmpty();
        }
        if (token.matches("[A-Za-z0-9._-]+")) {
            try (SocketClient subprotocol =
                    Dial.to(SYSTEM.gatewayAddress(1)).subprotocolToken(token).open()) {
                assertThat(subprotocol.awaitClosed().code()).as(what).isEqualTo(4501);
                assertThat(subprotocol.frames()).isEmpty();
            }
        }
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of(
                        "a key id that is a path",
                        draft().header("kid", "../../dev/null").write()),
                Arguments.of(
                        "a key id that is SQL",
                        draft().header("kid", "' or 1=1 --").write()),
                Arguments.of(
                        "an address for keys",
                        draft().header("jku", "http://127.0.0.1:1/keys").write()),
                Arguments.of(
                        "expired within the skew",
                        draft().expiringIn(Duration.ofSeconds(0)).write()),
                Arguments.of(
                        "an unknown role",
                        draft().claim("roles", List.of("superuser")).write()));
    }

    /** What a header says beside the algorithm is not listened to: the token is what its signature and claims are. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void decorationNeitherHelpsNorHarms(String what, String token) {
        assertThat(SYSTEM.nobody().as(token).get("/api/me/").expect(200).body().path("roles"))
                .as(what)
                .isEmpty();
    }
}
