package io.belfry.api.paging;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The envelope of every list.
 *
 * @param count how many there are in the whole list
 * @param next the absolute address of the following page; null = this is the last
 * @param previous the absolute address of the page before; null = this is the first
 */
public record Page<T>(
        long count, @Nullable String next, @Nullable String previous, List<T> results) {}
