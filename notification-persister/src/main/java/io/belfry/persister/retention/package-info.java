/**
 * What leaves: by age, and people whom the platform has taken back. Works beside the topics' threads, little by little, and
 * is in nothing's way.
 */
@NullMarked
package io.belfry.persister.retention;

import org.jspecify.annotations.NullMarked;
