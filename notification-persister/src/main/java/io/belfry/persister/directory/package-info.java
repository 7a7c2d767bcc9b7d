/**
 * The platform's users, courses and members as it last told them, and the question whether that is up to date: a course
 * that is not known yet and one that does not exist look the same until it is.
 */
@NullMarked
package io.belfry.persister.directory;

import org.jspecify.annotations.NullMarked;
