package io.belfry.localstack;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.testcontainers.DockerClientFactory;

/** Whether containers can be had here. */
final class ContainerEngine {

    private ContainerEngine() {}

    /** Asks the engine only if there is a sign of one: without, the library takes seconds and a page of log to give up. */
    static boolean answers() {
        String home = System.getProperty("user.home");
        boolean sign = System.getenv("DOCKER_HOST") != null
                || Stream.of(
                                Path.of("/var/run/docker.sock"),
                                Path.of(home, ".docker/run/docker.sock"),
                                Path.of(home, ".testcontainers.properties"))
                        .anyMatch(Files::exists);
        return sign && DockerClientFactory.instance().isDockerAvailable();
    }
}
