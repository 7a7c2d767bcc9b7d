/** One inbox seen from several sides at once: lists, single calls, {@code changes} and sockets never disagree for long. */
@NullMarked
package io.belfry.acceptance.inbox;

import org.jspecify.annotations.NullMarked;
