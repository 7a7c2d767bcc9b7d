/** The truth: what is in the inboxes, by SQL. */
@NullMarked
package io.belfry.kit.database;

import org.jspecify.annotations.NullMarked;
