/**
 * Everything that can differ between two installations, read once from {@code BELFRY_*} variables; what is the same
 * everywhere stands in {@code application.yml}.
 */
@NullMarked
package io.belfry.api.settings;

import org.jspecify.annotations.NullMarked;
