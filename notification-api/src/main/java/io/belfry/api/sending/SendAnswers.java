package io.belfry.api.sending;

/** The documents that answer a send. */
final class SendAnswers {

    private SendAnswers() {}

    /** @param recipients students when it was accepted */
    record SentToCourse(String requestId, long course, int recipients, String statusUrl) {}

    record Sent(String requestId, String statusUrl) {}
}
