/**
 * The REST door. One room a concern; the rooms of calls ({@code inbox}, {@code sending}, {@code courses}, {@code sessions},
 * {@code demo}) stand on those beneath ({@code database}, {@code events}, {@code paging}, {@code access}, {@code web},
 * {@code problem}, {@code settings}), never the other way round.
 */
@NullMarked
package io.belfry.api;

import org.jspecify.annotations.NullMarked;
