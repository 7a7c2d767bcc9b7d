/** What the platform tells of users, courses and members, one record a key. */
@NullMarked
package io.belfry.events.platform;

import org.jspecify.annotations.NullMarked;
