/**
 * Tells apart the three fates of a record that failed: it waits for the world, it is set aside at once, or it gets
 * minutes of its own while its neighbours go on.
 */
@NullMarked
package io.belfry.persister.failure;

import org.jspecify.annotations.NullMarked;
