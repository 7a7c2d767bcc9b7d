/**
 * How this process holds on to PostgreSQL: nothing waits without a limit, and the schema is this process's to make.
 */
@NullMarked
package io.belfry.persister.database;

import org.jspecify.annotations.NullMarked;
