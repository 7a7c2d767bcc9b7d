package io.belfry.acceptance.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.belfry.kit.contract.AsyncApi;
import io.belfry.kit.contract.Json;
import io.belfry.kit.contract.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The examples that the modules test themselves with are what docs/asyncapi.yaml describes. */
class GoldenFilesTest {

    private static final String GOLDEN = "shared-events/src/test/resources/golden/";

    private static List<Path> files(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Repository.file(GOLDEN + folder))) {
            return files.sorted().toList();
        }
    }

    @Test
    void framesAreDescribed() throws IOException {
        for (Path file : files("frames")) {
            JsonNode frame = Json.parse(Files.readString(file));
            assertThat(AsyncApi.shared().misfitsOfFrame(frame))
                    .as(file.toString())
                    .isEmpty();
        }
    }

    @Test
    void eventsAreDescribed() throws IOException {
        for (Path file : files("events")) {
            String name = file.getFileName().toString();
            String type = AsyncApi.shared().eventTypes().stream()
                    .filter(each -> name.startsWith(
                            each.replaceAll("^belfry\\.|\\.v1$", "").replace('.', '-')))
                    .max(Comparator.comparing(String::length))
                    .orElseThrow();
            JsonNode event = Json.parse(Files.readString(file));
            assertThat(AsyncApi.shared().misfitsOfEvent(type, event)).as(name).isEmpty();
        }
    }
}
