/**
 * Work that is repeated for as long as the process lives: an executor alone would drop a task that throws, without a word.
 */
@NullMarked
package io.belfry.runtime.periodic;

import org.jspecify.annotations.NullMarked;
