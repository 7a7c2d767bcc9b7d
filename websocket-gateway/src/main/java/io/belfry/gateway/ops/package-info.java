/**
 * What operators and load balancers see: health, readiness and figures, on a port of its own that no client reaches.
 */
@NullMarked
package io.belfry.gateway.ops;

import org.jspecify.annotations.NullMarked;
