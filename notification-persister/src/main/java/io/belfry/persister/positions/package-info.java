/**
 * Topics that are applied exactly once because their position lives where their effect does, not in Kafka.
 */
@NullMarked
package io.belfry.persister.positions;

import org.jspecify.annotations.NullMarked;
