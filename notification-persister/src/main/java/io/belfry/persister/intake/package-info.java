/**
 * What happens between a record and its offset. A record leaves here in one of three ways only: stored and announced,
 * set aside and acknowledged, or still to be done.
 */
@NullMarked
package io.belfry.persister.intake;

import org.jspecify.annotations.NullMarked;
