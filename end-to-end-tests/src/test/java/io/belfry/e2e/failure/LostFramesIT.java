package io.belfry.e2e.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.e2e.client.ApiClient;
import io.belfry.e2e.replica.ContractClient;
import io.belfry.e2e.replica.Item;
import io.belfry.e2e.system.NotificationSystem;
import io.belfry.localstack.system.ServiceKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A gateway that loses frames on sockets that stay open. Who gets more sees the hole by the next frame; who gets nothing
 * more finds it by the check that clients make every so often.
 */
class LostFramesIT {

    private static final int BUSY = 8;
    private static final int QUIET = 24;
    private static final int EVENTS = 200;
    private static final int CHECK_SECONDS = 3;

    /** A check, its answer, the question that follows and its answer; two cores are busy with all else that runs. */
    private static final Duration REPAIRED_WITHIN = Duration.ofSeconds(CHECK_SECONDS + 10);

    private final NotificationSystem system = NotificationSystem.own(
            "lost-frames",
            stack -> stack.with(ServiceKind.GATEWAY, "BELFRY_CHECK_SECONDS", String.valueOf(CHECK_SECONDS))
                    .with(ServiceKind.GATEWAY, "BELFRY_FAILPOINTS", "gateway.drop-frames=0.3"));
    private final List<ContractClient> clients = new ArrayList<>();

    @AfterEach
    void stop() {
        clients.forEach(ContractClient::close);
        system.close();
    }

    @Test
    void areFoundOnALiveSocket() {
        List<Long> users = system.platform().newUserIds(BUSY + QUIET);
        List<Long> busy = users.subList(0, BUSY);
        List<Long> quiet = users.subList(BUSY, users.size());
        for (long user : users) {
            clients.add(new ContractClient(
                            system.apiAddress(),
                            List.of(system.gatewayAddress(1)),
                            () -> system.tokens().user(user))
                    .start());
        }
        await("all are let in").until(() -> gatewaySays("belfry_gateway_sessions") == users.size());
        await("all have their list").until(() -> clients.stream().allMatch(client -> client.questionsAsked() == 1));
        for (int i = 0; i < EVENTS; i++) {
            system.events().request(busy, "busy " + i);
        }
        system.events().request(quiet, "the only one");
        await("all is stored").until(() -> system.database().entries(users).size() == BUSY * EVENTS + QUIET);
        long stored = System.nanoTime();

        for (int i = 0; i < users.size(); i++) {
            ContractClient client = clients.get(i);
            long user = users.get(i);
            Duration left = REPAIRED_WITHIN.minusNanos(System.nanoTime() - stored);
            await("user " + user + " shows the truth").atMost(left).untilAsserted(() -> {
                List<Item> truth = system.database().items(user);
                assertThat(client.items()).isEqualTo(truth);
                assertThat(client.badge()).isEqualTo(truth.size());
            });
            assertThat(client.violations()).isEmpty();
            assertThat(client.dials()).as("sockets of user " + user).isEqualTo(1);
        }
        long repairedQuiet = clients.subList(BUSY, clients.size()).stream()
                .filter(client -> client.questionsAsked() > 1)
                .count();
        long repairedBusy = clients.subList(0, BUSY).stream()
                .filter(client -> client.questionsAsked() > 1)
                .count();
        long due = (long) BUSY * EVENTS + QUIET;
        long sent = (long) gatewaySays("belfry_gateway_frames_sent_total");
        System.out.printf(
                "%d of %d frames lost unseen: all %d lists whole %.1f s after the last commit; %d of %d busy and %d of %d quiet"
                        + " clients had to ask%n",
                due - sent,
                due,
                clients.size(),
                (System.nanoTime() - stored) / 1e9,
                repairedBusy,
                BUSY,
                repairedQuiet,
                QUIET);
        assertThat(sent).as("frames that were not lost").isBetween(due / 2, due * 9 / 10);
        assertThat(repairedBusy).isEqualTo(BUSY);
        assertThat(repairedQuiet).as("quiet clients whose only frame was lost").isPositive();
    }

    private double gatewaySays(String metric) {
        URI management = URI.create("http://127.0.0.1:" + system.gateway(1).managementPort());
        return new ApiClient(management, null)
                .get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith(metric + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                .findFirst()
                .orElse(0);
    }
}
