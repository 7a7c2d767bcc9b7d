/**
 * Clients written from the contract alone, on the JDK's HTTP and WebSocket client and JSON trees, so that a mistake of
 * ours in the shared event classes cannot hide by being made on both sides.
 */
@NullMarked
package io.belfry.e2e.client;

import org.jspecify.annotations.NullMarked;
