package io.belfry.acceptance.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.client.LoadClient;
import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.Closed;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.Figures;
import io.belfry.kit.system.NotificationSystem;
import io.belfry.localstack.system.Service;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sign-out by REST ends what was there before it, on every gateway, and nothing that comes after. */
class SignOutIT {

    private static final String SIGN_OUT = "/api/sessions/sign-out/";

    private final NotificationSystem system = NotificationSystem.shared();
    private final long user = system.platform().newUserId();

    /** One that has just started may not have found Redis: it lets clients in then, and looks at sign-outs when it has. */
    @BeforeEach
    void awaitGatewaysThatKnowRedis() {
        for (int gateway = 1; gateway <= 2; gateway++) {
            Service service = system.gateway(gateway);
            await().until(() -> Figures.of(service).sum("belfry_server_up", "server=\"redis\"") == 1);
        }
    }

    @Test
    void signOutEndsAllSocketsOnAllGatewaysAndRefusesOldTokens() {
        String old = system.tokens().user(user);
        long other = system.platform().newUserId();
        try (SocketClient here = system.socket(user, 1);
                SocketClient there = system.socket(user, 2);
                SocketClient others = system.socket(other, 1);
                LoadClient byTheRule =
                        new LoadClient(system.apiAddress(), List.of(system.gatewayAddress(1)), () -> old).start()) {
            await().until(byTheRule::isConnected);

            system.user(user).post(SIGN_OUT, null).expect(204);

            assertThat(here.awaitClosed(Duration.ofSeconds(5)).code()).isEqualTo(4510);
            assertThat(there.awaitClosed(Duration.ofSeconds(5)).code()).isEqualTo(4510);
            await().until(() -> byTheRule.staysAway() != null);
            assertThat(byTheRule.staysAway()).extracting(Closed::code).isEqualTo(4510);
            assertThat(byTheRule.dials()).isEqualTo(1);
            for (int gateway = 1; gateway <= 2; gateway++) {
                assertThat(Dial.to(system.gatewayAddress(gateway)).bearer(old).refusedWith())
                        .isEqualTo(401);
            }
            assertThat(others.isOpen()).isTrue();
        }
    }

    @Test
    void signOutEndsTokensOfAFastClockToo() {
        long issued = Instant.now().getEpochSecond() + 45;
        String fast = system.tokens().of(user).claim("iat", issued).write();
        try (SocketClient socket =
                Dial.to(system.gatewayAddress(1)).bearer(fast).open()) {
            socket.welcome();

            system.service("accounts").post(SIGN_OUT, Json.object("user", user)).expect(204);

            assertThat(socket.awaitClosed(Duration.ofSeconds(5)).code()).isEqualTo(4510);
            assertThat(Dial.to(system.gatewayAddress(2)).bearer(fast).refusedWith())
                    .isEqualTo(401);
        }
        String later = system.tokens().of(user).claim("iat", issued + 1).write();
        try (SocketClient back = Dial.to(system.gatewayAddress(2)).bearer(later).open()) {
            back.welcome();
        }
    }

    @Test
    void signInWithinTheSecondOfASignOutIsLetIn() {
        system.service("accounts").post(SIGN_OUT, Json.object("user", user)).expect(204);

        try (SocketClient back = system.socket(user, 1)) {
            back.welcome();
        }
    }
}
