/**
 * What the gateways keep in Redis, seen from here: who is online, and who signed out. The only room that knows Redis;
 * nothing here is needed to read or to send, and nothing waits for it longer than half a second.
 */
@NullMarked
package io.belfry.api.sessions;

import org.jspecify.annotations.NullMarked;
