package io.belfry.gateway.protocol;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What is known of an inbox, maybe not the newest.
 *
 * @param seq the number of a change
 * @param unread the absolute count after it
 * @param epoch the history that both belong to
 */
@JsonPropertyOrder({"seq", "unread", "epoch"})
public record InboxHint(long seq, long unread, String epoch) {}
