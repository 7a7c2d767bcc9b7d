package io.belfry.events;

import io.belfry.json.InvalidFieldsException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The hosts that {@code data.url} may lead to ({@code BELFRY_LINK_HOSTS}); paths on the page's own host always may. */
public final class LinkHosts {

    /** Paths only. */
    public static final LinkHosts NONE = new LinkHosts(Set.of());

    private final Set<String> hosts;

    private LinkHosts(Set<String> hosts) {
        this.hosts = hosts;
    }

    /** @param list host names separated by commas; blank = none */
    public static LinkHosts of(String list) {
        return new LinkHosts(Arrays.stream(list.split(","))
                .map(host -> host.trim().toLowerCase(Locale.ROOT))
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toUnmodifiableSet()));
    }

    /** @throws InvalidFieldsException with the field {@code data.url} if it leads to another host */
    public void check(NotificationData data) {
        String url = data.url();
        if (url != null && !url.startsWith("/") && !allows(url)) {
            throw new InvalidFieldsException("data.url", "leads to a host that is not allowed");
        }
    }

    private boolean allows(String url) {
        try {
            URI uri = new URI(url);
            return uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && hosts.contains(uri.getHost().toLowerCase(Locale.ROOT));
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
