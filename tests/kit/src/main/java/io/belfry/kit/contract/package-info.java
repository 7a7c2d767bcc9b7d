/**
 * The documents of the contract as something that traffic can fail: read as they stand, but closed, so that a field which
 * they do not name is a misfit here although every client has to ignore it.
 */
@NullMarked
package io.belfry.kit.contract;

import org.jspecify.annotations.NullMarked;
