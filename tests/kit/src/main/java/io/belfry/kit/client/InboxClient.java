package io.belfry.kit.client;

import io.belfry.kit.database.Item;
import java.util.List;

/**
 * A person's inbox as a client keeps it whole over sockets that break and answers that come late. Works by itself once it is
 * there; tests may ask and act from any thread.
 */
public interface InboxClient extends AutoCloseable {

    /** What its list shows, newest first; nothing while some of it is on its way. */
    List<Item> items();

    /** The unread ones as it counts them; -1 = not heard yet. */
    long badge();

    /** Whether it shows these, and just this many as unread, wherever it shows them. */
    default boolean shows(List<Item> items, long unread) {
        return items().equals(items) && badge() == unread;
    }

    /** How far it has come, to find out why it shows something else. */
    String condition();

    /** What no client may ever see or show, and what is outside the contract. */
    List<String> violations();

    /** How often it had to dial: 1 = its first socket held. */
    int dials();

    /** Whether it has a socket and was welcomed on it. */
    boolean isConnected();

    /** How many changes of its own are not made yet, as far as it knows. */
    int unsent();

    void markRead(long id);

    void markUnread(long id);

    /** All that it shows. */
    void markAllRead();

    void remove(long id);

    @Override
    void close();
}
