/** JSON as every door of Belfry reads and writes it: snake_case, strict, and never silently mended. */
@NullMarked
package io.belfry.json;

import org.jspecify.annotations.NullMarked;
