package io.belfry.persister.ops;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Whether the threads that read are alive. A database or broker that is down does not count: they wait for it, and no
 * other copy of this process would do better.
 */
final class ListenersHealth implements HealthIndicator {

    private final StartUp startUp;
    private final Listeners listeners;

    ListenersHealth(StartUp startUp, Listeners listeners) {
        this.startUp = startUp;
        this.listeners = listeners;
    }

    @Override
    public Health health() {
        if (!startUp.isDone()) {
            return Health.outOfService().build();
        }
        return listeners.areRunning() ? Health.up().build() : Health.down().build();
    }
}
