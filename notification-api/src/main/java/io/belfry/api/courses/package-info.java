/**
 * The platform's directory as callers see it: their courses, who is online there, and their own name. What makes a user
 * an instructor is a row here, never a claim of a token.
 */
@NullMarked
package io.belfry.api.courses;

import org.jspecify.annotations.NullMarked;
