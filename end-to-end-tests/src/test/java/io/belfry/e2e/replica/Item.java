package io.belfry.e2e.replica;

/** One notification as a client shows it; the content never changes once added. */
public record Item(long id, long addedSeq, boolean read, String title) {

    Item read(boolean now) {
        return new Item(id, addedSeq, now, title);
    }
}
