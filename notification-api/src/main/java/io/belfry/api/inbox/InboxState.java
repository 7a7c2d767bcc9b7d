package io.belfry.api.inbox;

/**
 * Which state of the inbox an answer shows. Without an inbox yet: 0 and 0.
 *
 * @param seq the number of its last change
 * @param unread how many are unread after that change
 * @param epoch the history that the numbers belong to
 */
record InboxState(long seq, long unread, String epoch) {}
