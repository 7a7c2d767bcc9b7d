/** Processes killed, servers stopped, connections cut, while work goes on: what comes out is counted one by one. */
@NullMarked
package io.belfry.e2e.failure;

import org.jspecify.annotations.NullMarked;
