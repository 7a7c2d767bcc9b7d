/**
 * Who is connected to this gateway. Every event loop has a shard of its own that no other thread touches, so nothing on the
 * way of a frame takes a lock; the registry only knows how to reach all shards.
 */
@NullMarked
package io.belfry.gateway.connection;

import org.jspecify.annotations.NullMarked;
