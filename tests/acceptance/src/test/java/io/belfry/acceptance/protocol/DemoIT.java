package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The demo's own sign-in, which a production system does not have. */
class DemoIT {

    private final NotificationSystem system = NotificationSystem.shared();

    private JsonNode signIn(String username) {
        return system.nobody()
                .post("/api/demo/token", Json.object("username", username))
                .expect(200)
                .body();
    }

    @Test
    void signsPeopleInAtBothDoors() {
        JsonNode signedIn = signIn("ana");
        assertThat(signedIn.propertyNames()).containsExactlyInAnyOrder("access", "refresh", "user");

        String access = signedIn.path("access").asString();
        JsonNode me = system.nobody().as(access).get("/api/me/").expect(200).body();
        assertThat(me.path("name").asString()).isEqualTo("Ana Lima");
        try (SocketClient socket =
                Dial.to(system.gatewayAddress(1)).bearer(access).open()) {
            assertThat(socket.welcome().path("user")).isEqualTo(me.path("id"));
        }
        assertThat(system.nobody()
                        .as(signIn("root").path("access").asString())
                        .get("/api/me/")
                        .body()
                        .at("/roles/0")
                        .asString())
                .isEqualTo("admin");
    }

    @Test
    void saysWhoCanSignIn() {
        assertThat(system.nobody().get("/api/demo/users").expect(200).text())
                .contains("ines", "omar", "ana", "bruno", "chen", "root");
    }
}
