/** What an operator sees of the running system: figures, alerts, the board, traces. */
@NullMarked
package io.belfry.acceptance.watching;

import org.jspecify.annotations.NullMarked;
