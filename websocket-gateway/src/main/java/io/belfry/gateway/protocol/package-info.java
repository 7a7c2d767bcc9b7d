/**
 * What is said over a socket, as values: every frame of either direction and every way to be hung up on. Knows nothing of
 * sockets, so the golden files can be held against it.
 */
@NullMarked
package io.belfry.gateway.protocol;

import org.jspecify.annotations.NullMarked;
