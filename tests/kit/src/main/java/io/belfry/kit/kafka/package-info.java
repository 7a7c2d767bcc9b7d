/** The topics as any service of the platform writes and reads them: plain records, headers set by hand. */
@NullMarked
package io.belfry.kit.kafka;

import org.jspecify.annotations.NullMarked;
