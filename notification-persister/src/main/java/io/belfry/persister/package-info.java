/**
 * The worker between Kafka and PostgreSQL. It may be killed at any moment and run in any number: whatever it leaves
 * half-way, the next attempt finds in the database and finishes.
 */
@NullMarked
package io.belfry.persister;

import org.jspecify.annotations.NullMarked;
