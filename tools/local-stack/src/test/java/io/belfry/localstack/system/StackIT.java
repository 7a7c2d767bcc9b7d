package io.belfry.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.belfry.localstack.SharedServers;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.ProcessFailedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
            assertThat(ready.subList(0, 3)).containsExactlyInAnyOrder("postgres", "kafka", "redis");
            assertThat(ready.get(3)).as("before the doors").isEqualTo("persister");
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
    void eachPartIsBrokenAndMendedByName() {
        try (Stack stack = builder.on(SharedServers.get())
                .count(ServiceKind.GATEWAY, 2)
                .count(ServiceKind.API, 0)
                .build()) {
            stack.start();
            Service second = stack.service("gateway-2");

            second.kill();

            assertThat(second.isRunning()).isFalse();
            assertThat(stack.service("gateway").isRunning()).isTrue();
            second.start();
            assertThat(second.isRunning()).isTrue();
            Service third = stack.add(ServiceKind.GATEWAY, Map.of("BELFRY_CHECK_SECONDS", "3"));
            third.start();
            assertThat(third.name()).isEqualTo("gateway-3");
            assertThat(third.log()).content().contains("BELFRY_CHECK_SECONDS=3");
            assertThatThrownBy(() -> stack.service("api")).hasMessage("no service api");
        }
        assertThat(SharedServers.get().redis().isRunning())
                .as("shared servers outlive a stack")
                .isTrue();
    }

    @Test
    void aServiceIsReplacedByAnotherVersionInItsPlace() throws IOException {
        Checkout next = StubCheckout.in(folder.resolve("next"));
        try (Stack stack = builder.on(SharedServers.get())
                .count(ServiceKind.API, 2)
                .with(ServiceKind.API, "BELFRY_API_DRAIN_SECONDS", "7")
                .build()) {
            stack.start();
            Service old = stack.service("api");

            Service replaced = stack.replace(old, next);

            assertThat(old.isRunning()).isFalse();
            assertThat(old.exitCode()).isEqualTo(143);
            assertThat(replaced.isRunning()).isTrue();
            assertThat(stack.service("api")).isSameAs(replaced);
            assertThat(stack.services(ServiceKind.API)).hasSize(2).startsWith(replaced);
            assertThat(replaced.port()).isEqualTo(old.port());
            assertThat(replaced.log())
                    .content()
                    .contains("jar=" + next.jar(ServiceKind.API))
                    .containsSubsequence("BELFRY_API_DRAIN_SECONDS=7", "BELFRY_API_DRAIN_SECONDS=7");
            assertThatThrownBy(() -> stack.replace(old, next)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(replaced::exitCode).hasMessage("api has not ended");
        }
    }

    @Test
    void stacksOnSharedServersDoNotSeeEachOther() {
        try (Stack one = builder.on(SharedServers.get()).build();
                Stack other = builder.on(SharedServers.get()).build()) {
            assertThat(one.jdbcUrl()).isNotEqualTo(other.jdbcUrl());
            assertThat(one.topicPrefix()).isNotEqualTo(other.topicPrefix());
            assertThat(one.redisUrl()).isNotEqualTo(other.redisUrl());
            assertThat(one.jwtSecret()).isNotEqualTo(other.jwtSecret()).hasSizeGreaterThanOrEqualTo(43);
        }
    }

    @Test
    void theNearerSettingWins() {
        try (Stack stack = builder.on(SharedServers.get())
                .with("BELFRY_REDIS_URL", "redis://for-all")
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
