/** Command line and what a scenario is and works with; docs/performance.md says what is measured. */
@NullMarked
package io.belfry.bench;

import org.jspecify.annotations.NullMarked;
