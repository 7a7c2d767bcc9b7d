package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.AsyncApi;
import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.ProtocolPage;
import io.belfry.kit.contract.Repository;
import io.belfry.kit.socket.Closed;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The documents say the same, and the same as the table that the gateway and the web client share. */
class ProtocolPageTest {

    @Test
    void closeCodesAreThoseOfTheSharedTable() {
        Map<Integer, Boolean> shared = new HashMap<>();
        Json.parse(Repository.read("shared-events/src/test/resources/golden/close-codes.json"))
                .forEach(code -> shared.put(
                        code.path("code").asInt(), code.path("reconnect").asBoolean()));

        assertThat(ProtocolPage.closeCodes()).isEqualTo(shared);
    }

    @Test
    void closeCodesGoByTheirRange() {
        assertThat(ProtocolPage.closeCodes())
                .isNotEmpty()
                .allSatisfy((code, comeBack) -> assertThat(new Closed(code, "").mayComeBack())
                        .as("%s", code)
                        .isEqualTo(comeBack));
    }

    @Test
    void poisonCodesAreThoseOfTheAsyncApi() {
        assertThat(ProtocolPage.poisonCodes()).isEqualTo(AsyncApi.shared().deadLetterCodes());
    }

    @Test
    void topicsAreThoseOfTheAsyncApi() {
        Map<String, String> described = new HashMap<>();
        for (JsonNode channel : AsyncApi.shared().document().path("channels")) {
            channel.path("messages").forEach(reference -> {
                JsonNode message = AsyncApi.shared()
                        .document()
                        .at(reference.path("$ref").asString().substring(1));
                if (message.has("name")) {
                    described.put(
                            channel.path("address").asString(),
                            message.path("name").asString());
                }
            });
        }

        assertThat(ProtocolPage.topics()).isEqualTo(described);
    }

    @Test
    void framesInThePageAreThoseOfTheAsyncApi() {
        Matcher frames =
                Pattern.compile("\\| `(\\{\"type\":\"[^`]*})` \\|").matcher(Repository.read("docs/protocol.md"));
        Map<String, JsonNode> shown = new HashMap<>();
        while (frames.find()) {
            JsonNode frame = Json.parse(frames.group(1).replace("{…}", "{}"));
            shown.put(frame.path("type").asString(), frame);
        }

        assertThat(shown.keySet()).containsAll(AsyncApi.shared().serverFrameTypes());
        assertThat(shown).hasSize(AsyncApi.shared().serverFrameTypes().size() + 4);
    }
}
