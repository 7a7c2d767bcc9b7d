/** Sockets that break, and clients that are slow, away, or behind. */
@NullMarked
package io.belfry.chaos.trials.clients;

import org.jspecify.annotations.NullMarked;
