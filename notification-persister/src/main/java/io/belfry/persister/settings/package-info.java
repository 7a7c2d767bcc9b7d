/**
 * Everything that can differ between two installations, read once from {@code BELFRY_*} variables; what is the same
 * everywhere stands beside the code that needs it.
 */
@NullMarked
package io.belfry.persister.settings;

import org.jspecify.annotations.NullMarked;
