package io.belfry.gateway.support;

import io.belfry.events.NotificationStored.Recipient;
import io.belfry.gateway.delivery.EventDelivery;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What a delivery tells beside frames: epochs of inboxes that changed, people who are erased. */
public record Heard(Queue<String> epochs, Queue<Long> people) implements EventDelivery.Listener {

    public Heard() {
        this(new ConcurrentLinkedQueue<>(), new ConcurrentLinkedQueue<>());
    }

    @Override
    public void changed(String epoch, List<Recipient> inboxes) {
        epochs.add(epoch);
    }

    @Override
    public void erased(long user) {
        people.add(user);
    }

    @Override
    public void died() {}
}
