/**
 * Sends, from the call to Kafka's acknowledgement. The row of a request is committed before its event is published and
 * its id is the event's id for ever: whatever breaks in between, a retry with the same key is the same event.
 */
@NullMarked
package io.belfry.api.sending;

import org.jspecify.annotations.NullMarked;
