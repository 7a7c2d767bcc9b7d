/**
 * A Kafka broker that is carried, not depended on: the broker's jars are resources of this module's jar, so the tests of
 * a service run against a real broker without its sixty libraries on their class path.
 */
@NullMarked
package io.belfry.localstack.kafka;

import org.jspecify.annotations.NullMarked;
