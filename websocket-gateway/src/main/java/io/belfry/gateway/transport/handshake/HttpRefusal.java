package io.belfry.gateway.transport.handshake;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * A handshake that is not answered by a WebSocket.
 *
 * @param detail for a person, ASCII; never repeats what was sent
 * @param headers beside those of every refusal
 */
public record HttpRefusal(HttpResponseStatus status, String detail, HttpHeaders headers) {

    public static HttpRefusal of(HttpResponseStatus status, String detail) {
        return new HttpRefusal(status, detail, new DefaultHttpHeaders());
    }

    public static HttpRefusal of(HttpResponseStatus status, String detail, CharSequence header, CharSequence value) {
        return new HttpRefusal(status, detail, new DefaultHttpHeaders().set(header, value));
    }

    public static HttpRefusal unauthorized() {
        return of(
                HttpResponseStatus.UNAUTHORIZED,
                "the token is not accepted",
                HttpHeaderNames.WWW_AUTHENTICATE,
                "Bearer");
    }

    public static HttpRefusal unavailable(String detail) {
        return of(HttpResponseStatus.SERVICE_UNAVAILABLE, detail, HttpHeaderNames.RETRY_AFTER, "1");
    }

    public FullHttpResponse response() {
        FullHttpResponse response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, ByteBufUtil.writeAscii(UnpooledByteBufAllocator.DEFAULT, detail + "\n"));
        response.headers()
                .set(headers)
                .set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=us-ascii")
                .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return response;
    }
}
