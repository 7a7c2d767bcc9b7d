package io.belfry.api.paging;

import io.belfry.api.http.PublicUrls;
import java.util.Map;
import org.springframework.stereotype.Component;
import org.springframework.web.util.UriComponentsBuilder;

/** The addresses of a list's pages: absolute, with the filters and the page's size that were asked for. */
@Component
public final class ListAddress {

    private final PublicUrls urls;

    ListAddress(PublicUrls urls) {
        this.urls = urls;
    }

    public String of(String path, Map<String, ?> filters, PageRequest request, String cursor) {
        UriComponentsBuilder address = UriComponentsBuilder.fromPath(path)
                .queryParam("page_size", request.size())
                .queryParam("cursor", cursor);
        filters.forEach(address::queryParam);
        return urls.absolute(address.toUriString());
    }
}
