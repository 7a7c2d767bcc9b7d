/**
 * The system under test as its operator and its neighbours see it: processes that can be killed, and the platform that fills the
 * directory.
 */
@NullMarked
package io.belfry.kit.system;

import org.jspecify.annotations.NullMarked;
