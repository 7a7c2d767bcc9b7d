/** OpenTelemetry as far as these services need it: which steps a message takes, across all of them. */
@NullMarked
package io.belfry.runtime.tracing;

import org.jspecify.annotations.NullMarked;
