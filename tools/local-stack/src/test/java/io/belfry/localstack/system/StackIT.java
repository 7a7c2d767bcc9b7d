package io.belfry.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The order of things, on real servers and stubs for the services. */
class StackIT {

    @TempDir
    private Path folder;

    private final List<String> ready = new CopyOnWriteArrayList<>();
    private StackBuilder builder;

    @BeforeEach
    void stubs() throws IOException {
        builder = Stack.in(folder.resolve("run"))
                .of(StubCheckout.in(folder.resolve("checkout")))
                .telling((name, took) -> ready.add(name));
    }

    @Test
    void aServiceThatDoesNotComeUpIsOneClearLineAndNothingIsLeftRunning() {
        try (Stack stack = builder.with(ServiceKind.API, "BELFRY_STUB_FAILURE", "BELFRY_PUBLIC_URL is not an address")
                .build()) {
            assertThatThrownBy(stack::start)
                    .isInstanceOf(ProcessFailedException.class)
                    .hasMessageStartingWith(
                            "api stopped with exit code 1: ERROR BELFRY_PUBLIC_URL is not an address; its log: ")
                    .message()
                    .hasLineCount(1);
            assertThat(ready.subList(0, 3))
                    .as("before the services")
                    .containsExactlyInAnyOrder("postgres", "kafka", "redis");
            assertThat(ready).doesNotContain("api");
            assertThat(stack.processes()).noneMatch(ControlledProcess::isRunning);
        }
    }

    @Test
    void saysThatAServiceIsNotBuilt() throws IOException {
        Files.delete(folder.resolve("checkout/websocket-gateway/target/websocket-gateway.jar"));

        assertThatThrownBy(builder::build).hasMessageStartingWith("gateway is not built: ");
    }

    @Test
    void theNearerSettingWins() {
        try (Stack stack = builder.with("BELFRY_REDIS_URL", "redis://for-all")
                .with(ServiceKind.GATEWAY, "BELFRY_REDIS_URL", "redis://for-gateways")
                .with("BELFRY_JWT_PUBLIC_KEY", "a key")
                .build()) {
            assertThat(stack.settings(ServiceKind.API)).containsEntry("BELFRY_REDIS_URL", "redis://for-all");
            assertThat(stack.settings(ServiceKind.GATEWAY))
                    .containsEntry("BELFRY_REDIS_URL", "redis://for-gateways")
                    .doesNotContainKey("BELFRY_JWT_SECRET");
        }
    }
}
