/**
 * How a service holds on to PostgreSQL: nothing waits without a limit, and what a failure means is said by one table of
 * SQLSTATEs.
 */
@NullMarked
package io.belfry.runtime.postgres;

import org.jspecify.annotations.NullMarked;
