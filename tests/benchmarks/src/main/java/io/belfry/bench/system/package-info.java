/** The system that is measured, and what nothing on this machine can go below. */
@NullMarked
package io.belfry.bench.system;

import org.jspecify.annotations.NullMarked;
