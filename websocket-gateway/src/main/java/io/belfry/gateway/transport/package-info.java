/**
 * Sockets: the only package that knows Netty. A connection is HTTP until its handshake is answered; then the HTTP
 * handlers are gone and what is left is as small as it can be, because there are so many of it.
 */
@NullMarked
package io.belfry.gateway.transport;

import org.jspecify.annotations.NullMarked;
