package io.belfry.api.sending;

/**
 * An accepted request.
 *
 * @param replayed whether it was accepted before, by the same call
 */
record Receipt(String requestId, int recipients, boolean replayed) {}
