package io.belfry.api.http;

import io.belfry.api.ApiSettings.PublicAddresses;
import java.net.URI;
import java.util.Map;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;
import org.springframework.web.util.UriComponents;
import org.springframework.web.util.UriComponentsBuilder;

/** Addresses as clients must call them. Used on a thread that handles a request. */
public final class PublicUrls {

    private static final String GATEWAY_PATH = "/ws/notifications/";

    private final PublicAddresses addresses;

    PublicUrls(PublicAddresses addresses) {
        this.addresses = addresses;
    }

    /** @param pathAndQuery begins with a slash */
    public String absolute(String pathAndQuery) {
        URI http = addresses.http();
        return (http == null ? request().toUriString() : http.toString()) + pathAndQuery;
    }

    /** A page of a list, with the filters and the size that were asked for. */
    public String page(String path, Map<String, ?> filters, int size, String cursor) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path)
                .queryParam("page_size", size)
                .queryParam("cursor", cursor);
        filters.forEach(address::queryParam);
        return absolute(address.toUriString());
    }

    /** The gateway's door. */
    public String webSocket() {
        URI webSocket = addresses.webSocket();
        return webSocket == null ? gatewayOfRequest() + GATEWAY_PATH : webSocket.toString();
    }

    /** Scheme, host and port of the gateway's door. */
    public String webSocketOrigin() {
        URI webSocket = addresses.webSocket();
        return webSocket == null ? gatewayOfRequest() : webSocket.getScheme() + "://" + webSocket.getRawAuthority();
    }

    private String gatewayOfRequest() {
        UriComponents request = request();
        String scheme = "https".equals(request.getScheme()) ? "wss" : "ws";
        return scheme + "://" + request.getHost() + ":" + addresses.gatewayPort();
    }

    private static UriComponents request() {
        return ServletUriComponentsBuilder.fromCurrentContextPath().build();
    }
}
