/** The WebSocket from the upgrade to the close frame, by polite clients and by rude ones. */
@NullMarked
package io.belfry.acceptance.socket;

import org.jspecify.annotations.NullMarked;
