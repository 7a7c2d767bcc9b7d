/** What reaches the sockets of one user: what their other devices do, a sign-out, the end of a gateway. */
@NullMarked
package io.belfry.acceptance.socket;

import org.jspecify.annotations.NullMarked;
