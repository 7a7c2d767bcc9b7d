/**
 * From Kafka to the event loops. Every gateway reads every partition of its shard from the moment it starts: what it missed,
 * a client finds by the numbers in the frames and asks the api for, so no position is ever stored.
 */
@NullMarked
package io.belfry.gateway.delivery;

import org.jspecify.annotations.NullMarked;
