/** Names that several processes must spell alike: topics, partitions, sources, Redis keys, dead-letter headers. */
@NullMarked
package io.belfry.events.names;

import org.jspecify.annotations.NullMarked;
