package io.belfry.api.http;

import io.belfry.api.ApiSettings.PublicAddresses;
import io.belfry.events.names.UserShard;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    /**
     * The door of the gateways that serve a user.
     *
     * @param user null = a service, which none serves
     */
    public String webSocket(@Nullable Long user) {
        List<URI> doors = addresses.webSockets();
        if (doors.isEmpty()) {
            return gatewayOfRequest() + GATEWAY_PATH;
        }
        return doors.get(user == null ? 0 : UserShard.of(user, doors.size())).toString();
    }

    /** Scheme, host and port of each of the gateways' doors, with spaces between. */
    public String webSocketOrigins() {
        return addresses.webSockets().isEmpty()
                ? gatewayOfRequest()
                : addresses.webSockets().stream()
                        .map(door -> door.getScheme() + "://" + door.getRawAuthority())
                        .distinct()
                        .collect(Collectors.joining(" "));
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
