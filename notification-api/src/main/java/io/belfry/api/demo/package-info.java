/**
 * Sign-in without a password, for the demo: a visitor of this api may be any of its people. Wired only with
 * {@code BELFRY_DEMO=true}; a platform has a sign-in of its own.
 */
@NullMarked
package io.belfry.api.demo;

import org.jspecify.annotations.NullMarked;
