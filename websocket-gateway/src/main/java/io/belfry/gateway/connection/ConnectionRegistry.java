package io.belfry.gateway.connection;

import io.belfry.gateway.connection.ConnectionShard.OutgoingEvent;
import io.belfry.gateway.protocol.CloseCode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** All shards of this gateway. Safe for use by many threads; everything it does happens on the event loops. */
public final class ConnectionRegistry {

    private final List<ConnectionShard> shards;

    public ConnectionRegistry(List<ConnectionShard> shards) {
        this.shards = List.copyOf(shards);
    }

    /** How many connections there are, about. */
    public int size() {
        return shards.stream().mapToInt(ConnectionShard::size).sum();
    }

    /**
     * Hands the batch to every event loop: one task each.
     *
     * @return completes when all of them are through
     */
    public CompletableFuture<Void> deliver(List<OutgoingEvent> batch) {
        return onEach(shard -> shard.deliver(batch));
    }

    /** Ends the user's connections whose tokens were issued before that moment, or do not say when. */
    public void signOut(long user, Instant moment) {
        var unused =
                onEach(shard -> shard.close(user, connection -> connection.issuedBefore(moment), CloseCode.SIGNED_OUT));
    }

    /** Ends one connection because its user has opened too many since. */
    public void supersede(long user, long session) {
        var unused = onEach(
                shard -> shard.close(user, connection -> connection.session() == session, CloseCode.TOO_MANY_SESSIONS));
    }

    /**
     * Asks every client to come back elsewhere, at moments spread evenly over the window, and closes 1012 what is left,
     * as evenly.
     *
     * @return completes when all connections of now are closed
     */
    public CompletableFuture<Void> farewell(Duration window) {
        return CompletableFuture.allOf(shards.stream()
                .map(shard -> CompletableFuture.completedFuture(shard)
                        .thenComposeAsync(here -> Farewell.begin(here, window), shard.loop()))
                .toArray(CompletableFuture[]::new));
    }

    private CompletableFuture<Void> onEach(Consumer<ConnectionShard> action) {
        return CompletableFuture.allOf(shards.stream()
                .map(shard -> CompletableFuture.runAsync(() -> action.accept(shard), shard.loop()))
                .toArray(CompletableFuture[]::new));
    }
}
