/**
 * Short sessions with PostgreSQL: whatever an answer shows comes from one statement, hence from one snapshot, and nothing
 * waits long for a database that is gone or a row that is taken.
 */
@NullMarked
package io.belfry.api.database;

import org.jspecify.annotations.NullMarked;
