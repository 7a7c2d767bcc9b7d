/** One job each. */
@NullMarked
package io.belfry.bench.scenarios;

import org.jspecify.annotations.NullMarked;
