/**
 * Which HTTP requests become a socket, and what the others are answered. Decides and answers only; the connection itself
 * is {@code transport}'s.
 */
@NullMarked
package io.belfry.gateway.transport.handshake;

import org.jspecify.annotations.NullMarked;
