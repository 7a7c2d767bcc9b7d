package io.belfry.gateway.delivery;

import io.belfry.events.NotificationStored.Recipient;
import java.util.List;

/**
 * Hears of every inbox that changed, its user connected here or not, once the frames are out. Called on an event loop;
 * must not block or fail.
 */
@FunctionalInterface
public interface ChangedInboxes {

    void changed(String epoch, List<Recipient> recipients);
}
