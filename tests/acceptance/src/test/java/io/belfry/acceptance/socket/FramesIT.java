package io.belfry.acceptance.socket;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.Json;
import io.belfry.kit.socket.Dial;
import io.belfry.kit.socket.SocketClient;
import io.belfry.kit.system.NotificationSystem;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Each frame that a client may send, and what it hears. */
class FramesIT {

    private final NotificationSystem system = NotificationSystem.shared();
    private final long user = system.platform().newUserId();
    private final SocketClient socket = system.socket(user);

    @AfterEach
    void close() {
        socket.close();
    }

    private JsonNode answerTo(String frame) {
        socket.sendText(frame);
        return socket.awaitRef("r");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"type\":\"subscribe\",\"ref\":\"r\"}",
                "{\"type\":\"\",\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"id\":\"12\",\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"id\":1.9,\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"id\":[1],\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"id\":0,\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"id\":-1,\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"id\":9007199254740992,\"ref\":\"r\"}",
                "{\"type\":\"mark_read\",\"id\":null,\"ref\":\"r\"}",
                "{\"type\":\"mark_all_read\",\"up_to\":\"1\",\"ref\":\"r\"}",
                "{\"type\":\"mark_all_read\",\"up_to\":true,\"ref\":\"r\"}",
                "{\"type\":\"authenticate\",\"ref\":\"r\"}",
                "{\"type\":\"authenticate\",\"token\":5,\"ref\":\"r\"}"
            })
    void frameThatMakesNoSenseIsRefusedAndTheSocketStays(String frame) {
        JsonNode error = answerTo(frame);

        assertThat(error.path("type").asString()).isEqualTo("error");
        assertThat(error.path("code").asString()).isEqualTo("bad_request");
        socket.send(Json.object("type", "ping"));
        socket.awaitFrame("pong");
    }

    @Test
    void fieldsThatNobodyKnowsAreIgnored() {
        assertThat(answerTo("{\"type\":\"mark_read\",\"id\":1,\"ref\":\"r\",\"colour\":\"red\"}")
                        .path("type")
                        .asString())
                .isEqualTo("ack");
    }

    @Test
    void referenceOf64CharactersIsGivenBackAndALongerOneRefused() {
        String longest = "x".repeat(64);
        socket.send(Json.object("type", "mark_read", "id", 1, "ref", longest));
        assertThat(socket.awaitRef(longest).path("type").asString()).isEqualTo("ack");

        socket.send(Json.object("type", "mark_read", "id", 1, "ref", longest + "x"));
        assertThat(socket.awaitFrame("error").path("code").asString()).isEqualTo("bad_request");
    }

    @Test
    void allReadWithoutABoundMeansAllThereIs() {
        system.events().request(List.of(user), "One");
        socket.awaitNotification("One");

        assertThat(answerTo("{\"type\":\"mark_all_read\",\"ref\":\"r\"}")
                        .path("type")
                        .asString())
                .isEqualTo("ack");
        assertThat(socket.awaitSeq(2).path("change").asString()).isEqualTo("all_read");
    }

    @Test
    void socketWithoutATokenHearsNothingOfAnybody() {
        try (SocketClient silent = Dial.to(system.gatewayAddress(1)).open()) {
            system.events().request(List.of(user), "Private");
            socket.awaitNotification("Private");
            assertThat(silent.frames()).isEmpty();
        }
    }

    @Test
    void anotherUsersTokenLeavesTheFirstIdentity() {
        long other = system.platform().newUserId();
        socket.send(Json.object("type", "authenticate", "token", system.tokens().user(other), "ref", "a1"));

        JsonNode answer = socket.awaitRef("a1");
        assertThat(answer.path("type").asString()).isEqualTo("error");
        assertThat(answer.path("code").asString()).isEqualTo("wrong_user");
        system.events().request(List.of(other), "Not for this socket");
        system.events().request(List.of(user), "For this socket");
        socket.awaitNotification("For this socket");
        assertThat(socket.frames("notification")).hasSize(1);
    }

    @Test
    void expiredTokenInAFrameIs4441() {
        String expired =
                system.tokens().of(user).expiringIn(Duration.ofSeconds(-60)).write();
        try (SocketClient first = Dial.to(system.gatewayAddress(1)).open();
                SocketClient later = system.socket(user)) {
            first.send(Json.object("type", "authenticate", "token", expired));
            later.send(Json.object("type", "authenticate", "token", expired));
            assertThat(first.awaitClosed().code()).isEqualTo(4441);
            assertThat(later.awaitClosed().code()).isEqualTo(4441);
        }
    }

    @Test
    void sixteenLevelsAndEightKibibytesAreFine() {
        try (SocketClient socket = system.socket(user)) {
            socket.sendText("{\"type\":\"ping\",\"deep\":" + Json.nested(15) + "}");
            socket.awaitFrame("pong");
            String frame = "{\"type\":\"nothing\",\"ref\":\"r\"}";
            socket.sendText(frame + " ".repeat(8192 - frame.length()));
            assertThat(socket.awaitRef("r").path("code").asString()).isEqualTo("bad_request");
        }
    }
}
