/**
 * The system under test as its operator and its neighbours see it: processes that can be killed, topics that the platform
 * writes to, and the database whose rows are the truth.
 */
@NullMarked
package io.belfry.e2e.system;

import org.jspecify.annotations.NullMarked;
