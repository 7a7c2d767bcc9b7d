/** Load programs, in C so that they take little of the machine, and how they are talked to. */
@NullMarked
package io.belfry.bench.load;

import org.jspecify.annotations.NullMarked;
