package io.belfry.persister.ops;

import io.belfry.persister.directory.TopicDirectoryGate;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether requests to courses are handled or have to wait for the directory. */
final class DirectoryHealth implements HealthIndicator {

    private final TopicDirectoryGate directory;

    DirectoryHealth(TopicDirectoryGate directory) {
        this.directory = directory;
    }

    @Override
    public Health health() {
        return directory.isCaughtUp()
                ? Health.up().build()
                : Health.outOfService().build();
    }
}
