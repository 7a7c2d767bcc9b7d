/**
 * The socket door's changes to an inbox: asked for through Kafka, because gateways hold no connection to the database.
 */
@NullMarked
package io.belfry.persister.commands;

import org.jspecify.annotations.NullMarked;
