/**
 * Sign-in without a password, for the demo: anyone who reaches this api may be anyone of its people. Wired only with
 * {@code BELFRY_DEMO=true}; a platform has a sign-in of its own.
 */
@NullMarked
package io.belfry.api.demo;

import org.jspecify.annotations.NullMarked;
