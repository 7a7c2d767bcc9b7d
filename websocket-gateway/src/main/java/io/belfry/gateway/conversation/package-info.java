/**
 * What the frames of one client mean: who it is, what it may ask for, how long it may stay. Knows neither Netty nor
 * Redis nor Kafka, only context to them.
 */
@NullMarked
package io.belfry.gateway.conversation;

import org.jspecify.annotations.NullMarked;
