/** The platform's three topics as they show in courses, names and audiences. */
@NullMarked
package io.belfry.e2e.directory;

import org.jspecify.annotations.NullMarked;
