/**
 * After a backup was put back: the numbers that were given out since are in use, so another history begins.
 */
@NullMarked
package io.belfry.persister.restore;

import org.jspecify.annotations.NullMarked;
