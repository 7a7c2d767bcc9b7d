/** The platform's three topics as they show in courses, names and audiences. */
@NullMarked
package io.belfry.acceptance.directory;

import org.jspecify.annotations.NullMarked;
