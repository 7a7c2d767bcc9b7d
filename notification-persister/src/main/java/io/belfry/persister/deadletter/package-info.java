/**
 * What nobody can read is kept whole for a person to look at; only this process writes dead letters.
 */
@NullMarked
package io.belfry.persister.deadletter;

import org.jspecify.annotations.NullMarked;
