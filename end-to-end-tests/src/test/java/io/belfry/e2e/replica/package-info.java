/**
 * The client's rule of the contract as a state machine without sockets or clocks: what a client holds, and what it has
 * to ask next. Whoever writes a client in another language can read it in one sitting.
 */
@NullMarked
package io.belfry.e2e.replica;

import org.jspecify.annotations.NullMarked;
