/** The counters that operators watch, and what must hold between them. */
@NullMarked
package io.belfry.persister.metrics;

import org.jspecify.annotations.NullMarked;
