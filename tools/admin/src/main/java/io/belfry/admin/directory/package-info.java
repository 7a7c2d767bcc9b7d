/**
 * The platform's users, courses and members from one CSV file. Knows the three topics of the directory, as the platform itself
 * would write them, and no service.
 */
@NullMarked
package io.belfry.admin.directory;

import org.jspecify.annotations.NullMarked;
