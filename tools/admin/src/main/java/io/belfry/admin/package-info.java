/**
 * The operator's program. It knows an installation by its broker, its topics and its database alone, never by its services, so
 * that it works on any one that the variables name, and when no service runs.
 */
@NullMarked
package io.belfry.admin;

import org.jspecify.annotations.NullMarked;
