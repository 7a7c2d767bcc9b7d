package io.belfry.gateway.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.gateway.support.Golden;
import io.belfry.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

class CloseCodeTest {

    @Test
    void equalsTheTableThatTheWebClientIsTestedWith() {
        List<String> golden = new ArrayList<>();
        for (JsonNode row : StrictJson.ignoringUnknownFields().parse(Golden.read("close-codes.json"), 2)) {
            golden.add(row.toString());
        }

        assertThat(Arrays.stream(CloseCode.values()).map(CloseCodeTest::row)).containsExactlyElementsOf(golden);
    }

    private static String row(CloseCode code) {
        return "{\"code\":%d,\"name\":\"%s\",\"reason\":\"%s\",\"reconnect\":%s}"
                .formatted(code.number(), code.wireName(), code.reason(), code.reconnect());
    }

    @ParameterizedTest
    @EnumSource
    void fitsACloseFrameAndTellsByItsRangeWhetherToComeBack(CloseCode code) {
        if (code.number() >= 4000) {
            assertThat(code.reconnect()).isEqualTo(code.number() < 4500);
        }
        assertThat(code.reason().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(1, 123);
        assertThat(CloseCode.of(code.number())).contains(code);
    }
}
