package io.belfry.gateway.transport.handshake;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a handshake says of who the client is.
 *
 * @param header the token of the Authorization header; empty = the header is there but bears none; null = no header
 * @param subprotocol the token in an offered subprotocol, or null
 */
public record Credentials(@Nullable String header, @Nullable String subprotocol) {

    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);
    private static final String SUBPROTOCOL_PREFIX = "bearer.";

    public static Credentials of(HttpHeaders headers) {
        return new Credentials(
                ofHeader(headers.getAll(HttpHeaderNames.AUTHORIZATION)),
                offered(headers).stream()
                        .filter(offer -> offer.startsWith(SUBPROTOCOL_PREFIX))
                        .map(offer -> offer.substring(SUBPROTOCOL_PREFIX.length()))
                        .findFirst()
                        .orElse(null));
    }

    private static @Nullable String ofHeader(List<String> values) {
        if (values.isEmpty()) {
            return null;
        }
        Matcher bearer = BEARER.matcher(values.get(0).trim());
        return values.size() == 1 && bearer.matches() ? bearer.group(1) : "";
    }

    /** The subprotocols that a client offers, in its order. */
    public static List<String> offered(HttpHeaders headers) {
        return headers.getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
                .flatMap(header -> Arrays.stream(header.split(",")))
                .map(String::trim)
                .filter(offer -> !offer.isEmpty())
                .toList();
    }

    @Override
    public String toString() {
        return "Credentials[tokens are not shown]";
    }
}
