/** The network between a client and the system, with the faults that a network has. */
@NullMarked
package io.belfry.e2e.net;

import org.jspecify.annotations.NullMarked;
