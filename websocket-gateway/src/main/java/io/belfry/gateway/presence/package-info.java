/**
 * Which sessions a user has on which gateway, told to all of them through Redis. Nothing here decides whether a frame is
 * delivered: without Redis sockets open, live and are served as before, only uncounted.
 */
@NullMarked
package io.belfry.gateway.presence;

import org.jspecify.annotations.NullMarked;
