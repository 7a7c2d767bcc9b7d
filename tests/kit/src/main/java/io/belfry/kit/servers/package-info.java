/**
 * The real servers that tests run on, and what happens to them beyond stopping and killing: a network that fails, a backup
 * that is put back.
 */
@NullMarked
package io.belfry.kit.servers;

import org.jspecify.annotations.NullMarked;
