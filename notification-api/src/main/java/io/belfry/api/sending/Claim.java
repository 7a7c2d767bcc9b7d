package io.belfry.api.sending;

/**
 * The right to publish a request, or the word that it was accepted before.
 *
 * @param requestId the event's id
 * @param recipients what the first answer says
 * @param replay nothing is to be published: the first answer is given again
 */
record Claim(String requestId, int recipients, boolean replay) {}
