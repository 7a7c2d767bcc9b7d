/**
 * The way into an inbox. Everything about exactness is here: who is locked in which order, who gets which number, and
 * how a fan-out that was cut off goes on where it stopped.
 */
@NullMarked
package io.belfry.persister.fanout;

import org.jspecify.annotations.NullMarked;
