package io.belfry.acceptance.killed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.client.LoadClient;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two gateways serve the same users, and either may die. */
class GatewayKilledIT {

    private final NotificationSystem system = NotificationSystem.shared();

    @AfterEach
    void heal() {
        system.heal();
    }

    @Test
    void clientsOfTheDeadOneComeBackToTheOtherWithEverything() {
        List<Long> users = system.platform().newUserIds(6);
        List<URI> gateways = List.of(system.gatewayAddress(1), system.gatewayAddress(2));
        List<LoadClient> clients = new ArrayList<>();
        for (long user : users) {
            clients.add(new LoadClient(
                            system.apiAddress(), gateways, () -> system.tokens().user(user))
                    .start());
        }
        try (SocketClient survivor = system.socket(users.get(0), 1)) {
            system.events().request(users, "Both alive");
            clients.forEach(client -> await().until(() -> client.items().size() == 1));

            // All clients dialled the second gateway first.
            system.gateway(2).kill();
            for (int i = 0; i < 10; i++) {
                system.events().request(users, "One alive " + i);
            }
            survivor.awaitNotification("One alive 9");
            for (int i = 0; i < users.size(); i++) {
                LoadClient client = clients.get(i);
                long user = users.get(i);
                await().atMost(Duration.ofSeconds(20))
                        .untilAsserted(() -> assertThat(client.items())
                                .hasSize(11)
                                .isEqualTo(system.database().items(user)));
                assertThat(client.dials()).isGreaterThan(1);
                assertThat(client.violations()).isEmpty();
            }

            system.gateway(2).start();
            try (SocketClient again = system.socket(users.get(1), 2)) {
                system.events().request(users, "Both alive again");
                again.awaitNotification("Both alive again");
                survivor.awaitNotification("Both alive again");
            }
        } finally {
            clients.forEach(LoadClient::close);
        }
    }
}
