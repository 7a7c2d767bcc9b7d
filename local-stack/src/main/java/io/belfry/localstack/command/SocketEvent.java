package io.belfry.localstack.command;

/** What happens to somebody who listens. */
sealed interface SocketEvent {

    record Frame(FrameSocket socket, String text) implements SocketEvent {}

    /** @param code 1006 if it ended without a close frame */
    record Closed(FrameSocket socket, int code, String reason) implements SocketEvent {}

    /** It is time for a new socket. */
    record Due() implements SocketEvent {}
}
