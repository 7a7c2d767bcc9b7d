package io.belfry.gateway.transport.handshake;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker13;

/**
 * Netty's handshake of RFC 6455 without its way with the pipeline: it would put the frame decoder to work before the
 * answer is written, and what a hasty client sent behind its request would be answered first.
 */
public final class Handshake extends WebSocketServerHandshaker13 {

    /** The one subprotocol that is ever answered. */
    public static final String SUBPROTOCOL = "belfry.v1";

    /** @param maxFrameBytes of a client's frame */
    public Handshake(int maxFrameBytes) {
        super(
                "",
                SUBPROTOCOL,
                WebSocketDecoderConfig.newBuilder()
                        .maxFramePayloadLength(maxFrameBytes)
                        .expectMaskedFrames(true)
                        .allowMaskMismatch(false)
                        .allowExtensions(false)
                        .withUTF8Validator(false) // whole messages are checked, see MessageAssembler
                        .closeOnProtocolViolation(false) // it would say 1000 where 1002 or 1007 is due
                        .build());
    }

    /**
     * Answers 101 and changes the pipeline from HTTP to frames. The request decoder is left for the caller to remove,
     * last of all: what it has already read goes on as frames from that moment.
     */
    @SuppressWarnings("FutureReturnValueIgnored") // of a failed write the connection's end tells
    public void answer(HttpRequest request, ChannelPipeline pipeline, ChannelHandler frames) {
        pipeline.channel()
                .writeAndFlush(newHandshakeResponse(
                        new DefaultFullHttpRequest(
                                request.protocolVersion(),
                                request.method(),
                                request.uri(),
                                Unpooled.EMPTY_BUFFER,
                                request.headers(),
                                EmptyHttpHeaders.INSTANCE),
                        EmptyHttpHeaders.INSTANCE));
        pipeline.remove(HttpResponseEncoder.class);
        pipeline.addLast(newWebsocketDecoder(), newWebSocketEncoder(), frames);
    }
}
