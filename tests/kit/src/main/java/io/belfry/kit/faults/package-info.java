/** The network between a client and a server, with the faults that a network has. */
@NullMarked
package io.belfry.kit.faults;

import org.jspecify.annotations.NullMarked;
