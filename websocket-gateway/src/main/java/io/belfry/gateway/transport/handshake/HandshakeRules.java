package io.belfry.gateway.transport.handshake;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.net.InetAddress;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which requests may become a WebSocket, by everything but who the client is. Immutable. */
public final class HandshakeRules {

    private static final Set<String> PATHS = Set.of("/ws/notifications", "/ws/notifications/");
    private static final int KEY_BYTES = 16;

    private final Set<String> origins;

    public HandshakeRules(Set<String> origins) {
        this.origins = origins;
    }

    /** @return why not; empty = it may */
    public Optional<HttpRefusal> refuse(HttpRequest request) {
        if (request.decoderResult().isFailure()) {
            return Optional.of(unreadable(request.decoderResult().cause()));
        }
        HttpHeaders headers = request.headers();
        if (!PATHS.contains(path(request.uri()))) {
            return refusal(HttpResponseStatus.NOT_FOUND, "nothing here");
        }
        if (!request.method().equals(HttpMethod.GET)) {
            return Optional.of(HttpRefusal.of(
                    HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET", HttpHeaderNames.ALLOW, HttpMethod.GET.name()));
        }
        if (hasBody(headers)) {
            return refusal(HttpResponseStatus.BAD_REQUEST, "a handshake has no body");
        }
        if (!isUpgrade(headers) || !isVersion13(headers)) {
            return Optional.of(upgradeRequired());
        }
        if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1) || !isKey(headers)) {
            return refusal(HttpResponseStatus.BAD_REQUEST, "not a handshake of RFC 6455");
        }
        List<String> offered = Credentials.offered(headers);
        if (!offered.isEmpty() && !offered.contains(Handshake.SUBPROTOCOL)) {
            return refusal(HttpResponseStatus.BAD_REQUEST, "the subprotocol is " + Handshake.SUBPROTOCOL);
        }
        if (!isOriginAllowed(headers.getAll(HttpHeaderNames.ORIGIN))) {
            return refusal(HttpResponseStatus.FORBIDDEN, "the origin is not allowed");
        }
        return Optional.empty();
    }

    private static Optional<HttpRefusal> refusal(HttpResponseStatus status, String detail) {
        return Optional.of(HttpRefusal.of(status, detail));
    }

    private static HttpRefusal unreadable(Throwable cause) {
        if (cause instanceof TooLongHttpHeaderException) {
            return HttpRefusal.of(HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "the headers are too large");
        }
        if (cause instanceof TooLongHttpLineException) {
            return HttpRefusal.of(HttpResponseStatus.REQUEST_URI_TOO_LONG, "the request line is too long");
        }
        return HttpRefusal.of(HttpResponseStatus.BAD_REQUEST, "not HTTP/1.1");
    }

    private static HttpRefusal upgradeRequired() {
        HttpRefusal refusal = HttpRefusal.of(HttpResponseStatus.UPGRADE_REQUIRED, "a WebSocket of version 13 is due");
        refusal.headers()
                .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, "13")
                .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
        return refusal;
    }

    private static String path(String uri) {
        int query = uri.indexOf('?');
        return query < 0 ? uri : uri.substring(0, query);
    }

    private static boolean hasBody(HttpHeaders headers) {
        return headers.contains(HttpHeaderNames.TRANSFER_ENCODING)
                || headers.getAll(HttpHeaderNames.CONTENT_LENGTH).stream()
                        .anyMatch(length -> !length.trim().equals("0"));
    }

    private static boolean isUpgrade(HttpHeaders headers) {
        return headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true)
                && headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true);
    }

    private static boolean isVersion13(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_VERSION).equals(List.of("13"));
    }

    private static boolean isKey(HttpHeaders headers) {
        List<String> keys = headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_KEY);
        try {
            return keys.size() == 1 && Base64.getDecoder().decode(keys.get(0).trim()).length == KEY_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isOriginAllowed(List<String> claimed) {
        return claimed.isEmpty() || (claimed.size() == 1 && origins.contains(claimed.get(0)));
    }

    /**
     * Who is at the other end, as far as the handshake tells.
     *
     * @param address the client's, behind proxies that are trusted
     * @param origin one of the allowed; null = no browser
     */
    public record Peer(InetAddress address, @Nullable String origin) {

        @Override
        public String toString() {
            return address.getHostAddress() + (origin == null ? "" : " from " + origin);
        }
    }
}
