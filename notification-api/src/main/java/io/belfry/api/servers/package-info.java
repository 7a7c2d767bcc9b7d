/**
 * Whether PostgreSQL, Kafka and Redis answer, found by asking them all the time: a node that nobody calls tells it too. Each
 * is asked by the room that knows its language. Nothing but metrics and the log hears of it; readiness does not.
 */
@NullMarked
package io.belfry.api.servers;

import org.jspecify.annotations.NullMarked;
