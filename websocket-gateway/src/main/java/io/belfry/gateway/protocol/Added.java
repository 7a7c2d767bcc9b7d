package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.belfry.events.NotificationStored;

/** The shared part of a {@code notification} frame. */
@JsonPropertyOrder({"epoch", "notification"})
record Added(String epoch, NotificationStored.Content notification) {}
