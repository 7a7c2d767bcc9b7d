/**
 * The running system held against its contract. Nothing here knows a class of a service: what a test cannot see through
 * HTTP, a WebSocket or a Kafka topic, no client can rely on. SQL only tells the truth that clients' lists are compared
 * with, and holds rows where a fault must meet a fan-out half-way.
 */
@NullMarked
package io.belfry.e2e;

import org.jspecify.annotations.NullMarked;
