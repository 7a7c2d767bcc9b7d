/**
 * How a service holds on to Redis, which no notification waits for: commands fail at once while it is away, and within half
 * a second otherwise.
 */
@NullMarked
package io.belfry.runtime.redis;

import org.jspecify.annotations.NullMarked;
