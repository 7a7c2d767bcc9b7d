/** CPU of processes, rounds of a figure, and the report that they end in. */
@NullMarked
package io.belfry.bench.measure;

import org.jspecify.annotations.NullMarked;
