/**
 * What users ask for over their sockets, on its way to Kafka. The gateway changes no inbox itself: it hands the wish on
 * and says so.
 */
@NullMarked
package io.belfry.gateway.commands;

import org.jspecify.annotations.NullMarked;
