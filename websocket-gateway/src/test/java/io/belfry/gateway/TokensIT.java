package io.belfry.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.access.TokenJson;
import io.belfry.gateway.support.Backbone;
import io.belfry.gateway.support.TestGateway;
import io.belfry.gateway.support.TestSocket;
import io.belfry.gateway.support.Tokens;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.Jwts;
import io.jsonwebtoken.security.Jwks;
import io.jsonwebtoken.security.Keys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tokens that must not open a socket, at each of its three context; and tokens that end while it is open. */
class TokensIT {

    private static final long ANA = 7;
    private static final Instant SOON = Instant.now().plusSeconds(900);
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

    private static JwtBuilder right() {
        return Tokens.unsigned(ANA, SOON)
                .issuer("https://id.example.com")
                .audience()
                .add("belfry")
                .and()
                .issuedAt(Date.from(Instant.now()));
    }

    private static String good() {
        return right().signWith(Tokens.key()).compact();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String payload() {
        return good().split("\\.", -1)[1];
    }

    /** Signed with the right secret, whatever stands in the header. */
    private static String withHeader(String header) {
        return signed(base64(header) + "." + payload(), Tokens.SECRET.getBytes(StandardCharsets.UTF_8));
    }

    private static String signed(String content, byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
            return content + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> forged() {
        KeyPair rsa = Jwts.SIG.RS256.keyPair().build();
        String good = good();
        String unsigned = good.substring(0, good.lastIndexOf('.') + 1);
        Map<String, String> tokens = new LinkedHashMap<>();
        for (String none : new String[] {"none", "None", "NONE"}) {
            tokens.put("alg " + none, base64("{\"alg\":\"" + none + "\"}") + "." + payload() + ".");
        }
        tokens.put(
                "signed with a public key",
                signed(
                        base64("{\"alg\":\"HS256\"}") + "." + payload(),
                        rsa.getPublic().getEncoded()));
        tokens.put(
                "RS256 where HS256 is due", right().signWith(rsa.getPrivate()).compact());
        tokens.put(
                "another secret",
                right().signWith(Keys.hmacShaKeyFor(
                                "another secret that is long enough too".getBytes(StandardCharsets.UTF_8)))
                        .compact());
        tokens.put(
                "another algorithm",
                right().signWith(Keys.hmacShaKeyFor(new byte[64]), Jwts.SIG.HS512)
                        .compact());
        tokens.put("no signature", unsigned);
        tokens.put("half a signature", good.substring(0, good.length() - 20));
        tokens.put(
                "no exp",
                Jwts.builder()
                        .json(new TokenJson.Writer())
                        .subject("7")
                        .issuer("https://id.example.com")
                        .audience()
                        .add("belfry")
                        .and()
                        .signWith(Tokens.key())
                        .compact());
        tokens.put("no sub", right().subject(null).signWith(Tokens.key()).compact());
        tokens.put(
                "a sub that is no id",
                right().subject("ana").signWith(Tokens.key()).compact());
        tokens.put("sub 0", right().subject("0").signWith(Tokens.key()).compact());
        tokens.put(
                "not yet",
                right().notBefore(Date.from(SOON)).signWith(Tokens.key()).compact());
        tokens.put(
                "another issuer",
                right().issuer("https://evil.io").signWith(Tokens.key()).compact());
        tokens.put(
                "another audience",
                Tokens.unsigned(ANA, SOON)
                        .issuer("https://id.example.com")
                        .audience()
                        .add("shop")
                        .and()
                        .signWith(Tokens.key())
                        .compact());
        tokens.put("crit", withHeader("{\"alg\":\"HS256\",\"crit\":[\"x\"],\"x\":1}"));
        tokens.put(
                "a zip bomb",
                right().claim("bomb", "0".repeat(200_000))
                        .compressWith(Jwts.ZIP.DEF)
                        .signWith(Tokens.key())
                        .compact());
        tokens.put(
                "a refresh token",
                right().claim("token_type", "refresh").signWith(Tokens.key()).compact());
        tokens.put("five parts", good + "." + payload() + "." + payload());
        tokens.put("two parts", good.substring(0, good.lastIndexOf('.')));
        tokens.put("no JSON", base64("x") + "." + base64("y") + "." + base64("z"));
        tokens.put("another's payload", good.replace(payload(), base64("{\"sub\":\"8\",\"exp\":4102444800}")));
        tokens.put("its own key in a jwk header", ownKey("jwk", rsa));
        tokens.put("its own key at a jku", ownKey("jku", rsa));
        tokens.put("its own key at an x5u", ownKey("x5u", rsa));
        tokens.put("a kid that is a path", anotherKid("../../../../dev/null"));
        tokens.put("a kid that is SQL", anotherKid("' or 1=1 --"));
        return tokens;
    }

    private static String ownKey(String header, KeyPair rsa) {
        return right().header()
                .add(
                        header,
                        header.equals("jwk")
                                ? Jwks.builder()
                                        .key((RSAPublicKey) rsa.getPublic())
                                        .build()
                                : "http://127.0.0.1:1/")
                .and()
                .signWith(rsa.getPrivate())
                .compact();
    }

    private static String anotherKid(String kid) {
        return signed(base64("{\"alg\":\"HS256\",\"kid\":\"" + kid + "\"}") + "." + payload(), new byte[1]);
    }

    @TestFactory
    Stream<DynamicTest> opensForNoneOfThese() {
        return forged().entrySet().stream()
                .map(forged -> DynamicTest.dynamicTest(forged.getKey(), () -> {
                    String token = forged.getValue();
                    assertThat(TestSocket.refused(gateway, Map.of("Authorization", "Bearer " + token)))
                            .as("header")
                            .isEqualTo(401);
                    try (TestSocket socket = TestSocket.open(gateway, Map.of())) {
                        socket.authenticate(token);
                        assertThat(socket.closed()).as("first frame").isEqualTo(4501);
                        assertThat(socket.waiting()).isZero();
                    }
                    if (token.length() < 2_000) {
                        try (TestSocket socket = TestSocket.open(gateway, Map.of(), "belfry.v1", "bearer." + token)) {
                            assertThat(socket.closed()).as("subprotocol").isEqualTo(4501);
                        }
                    }
                    try (TestSocket socket = TestSocket.connect(gateway, good())) {
                        socket.authenticate(token);
                        assertThat(socket.closed()).as("renewal").isEqualTo(4501);
                    }
                }));
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
        return right().expiration(Date.from(at)).signWith(Tokens.key()).compact();
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
            ana.authenticate(right().subject("8").signWith(Tokens.key()).compact());
            assertThat(ana.frame("error").get("code").stringValue()).isEqualTo("wrong_user");
            ana.send("{\"type\":\"ping\"}");
            ana.frame("pong");
        }
    }
}
