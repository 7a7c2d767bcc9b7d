package io.belfry.kit.servers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import io.belfry.localstack.process.ControlledProcess;
import io.belfry.localstack.process.Readiness;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** A container that is stopped and started as itself, so that it keeps its data, on a port that stays the same. */
final class ContainerProcess implements ControlledProcess {

    private final String name;
    private final GenericContainer<?> container;
    private final Readiness readiness;

    ContainerProcess(String name, GenericContainer<?> container, int insidePort, int port, Readiness readiness) {
        this.name = name;
        this.readiness = readiness;
        // A port chosen by the engine would be another one after a restart.
        PortBinding binding =
                new PortBinding(Ports.Binding.bindIpAndPort("127.0.0.1", port), new ExposedPort(insidePort));
        this.container = container
                .withExposedPorts(insidePort)
                .withCreateContainerCmdModifier(create -> {
                    HostConfig host = create.getHostConfig();
                    if (host != null) {
                        host.withPortBindings(binding);
                    }
                })
                .waitingFor(new AbstractWaitStrategy() {
                    @Override
                    protected void waitUntilReady() {
                        awaitReady();
                    }
                });
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void start() {
        if (container.getContainerId() == null) {
            container.start();
        } else if (!isRunning()) {
            engine().startContainerCmd(container.getContainerId()).exec();
            awaitReady();
        }
    }

    @Override
    public void stop() {
        if (isRunning()) {
            if (Boolean.TRUE.equals(state().getPaused())) {
                resume();
            }
            engine().stopContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void kill() {
        if (isRunning()) {
            engine().killContainerCmd(container.getContainerId()).exec();
        }
    }

    @Override
    public void suspend() {
        engine().pauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public void resume() {
        engine().unpauseContainerCmd(container.getContainerId()).exec();
    }

    @Override
    public boolean isRunning() {
        return container.getContainerId() != null && Boolean.TRUE.equals(state().getRunning());
    }

    private InspectContainerResponse.ContainerState state() {
        return engine().inspectContainerCmd(container.getContainerId()).exec().getState();
    }

    private DockerClient engine() {
        return container.getDockerClient();
    }

    private void awaitReady() {
        Awaitility.await(name + " is ready")
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .untilAsserted(readiness::check);
    }
}
