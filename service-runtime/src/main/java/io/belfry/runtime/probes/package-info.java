/**
 * Whether the servers that a process works with answer, found by asking all the time: an idle process tells it too. Metrics
 * and the log hear of it; readiness does not, since all processes would become unready at once. And which version the process is.
 */
@NullMarked
package io.belfry.runtime.probes;

import org.jspecify.annotations.NullMarked;
