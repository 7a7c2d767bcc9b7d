/** One inbox seen from several sides at once: lists, single calls, {@code changes} and sockets never disagree for long. */
@NullMarked
package io.belfry.e2e.inbox;

import org.jspecify.annotations.NullMarked;
