/**
 * How services read the {@code BELFRY_*} variables, so that one value in an environment that all of them share means the
 * same to each.
 */
@NullMarked
package io.belfry.settings;

import org.jspecify.annotations.NullMarked;
