/**
 * What happens between a record and its offset. {@link io.belfry.persister.pipeline.Pipeline} has the four lines that no
 * record is lost by; all else here serves one of them.
 */
@NullMarked
package io.belfry.persister.pipeline;

import org.jspecify.annotations.NullMarked;
