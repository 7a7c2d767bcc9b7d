/** Other systems, each started by its script in {@code tests/benchmarks/peers}, whose README.md says what the files mean. */
@NullMarked
package io.belfry.bench.peers;

import org.jspecify.annotations.NullMarked;
