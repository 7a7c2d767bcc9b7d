/** Services that are killed, frozen, drained, or rolled to another version. */
@NullMarked
package io.belfry.chaos.trials.services;

import org.jspecify.annotations.NullMarked;
