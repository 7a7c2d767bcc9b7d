/**
 * PostgreSQL and Kafka as this service uses them: short waits, no server needed to start, and each asked all the time, so
 * that a node that gets no calls tells of a server that is gone. Metrics and the log tell it; readiness does not.
 */
@NullMarked
package io.belfry.api.servers;

import org.jspecify.annotations.NullMarked;
