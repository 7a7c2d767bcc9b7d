/** The way out to the gateways. Nothing here decides a number: it repeats what the inbox said, as often as needed. */
@NullMarked
package io.belfry.persister.announce;

import org.jspecify.annotations.NullMarked;
