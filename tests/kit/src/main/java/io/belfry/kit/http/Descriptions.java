package io.belfry.kit.http;

import com.networknt.schema.SchemaException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * What the api says of itself, against every answer that any test got. Misfits are kept for one test to tell of, so that
 * a mistake in the description does not hide what else goes wrong.
 */
public final class Descriptions {

    private static final String ADDRESS = "/v3/api-docs";
    private static final Map<String, RestDescription> KNOWN = new ConcurrentHashMap<>();
    private static final Set<String> MISFITS = new ConcurrentSkipListSet<>();

    private Descriptions() {}

    /** What did not fit so far, each kind once. */
    public static List<String> misfits() {
        return List.copyOf(MISFITS);
    }

    static void compare(HttpResponse<byte[]> response) {
        URI address = response.request().uri();
        if (!address.getPath().startsWith("/api/") || response.statusCode() == 503) {
            return;
        }
        RestDescription description = KNOWN.get(address.getAuthority());
        if (description == null) {
            Reply told = new ApiClient(address.resolve("/"), null).get(ADDRESS);
            if (told.status() != 200) {
                return;
            }
            description = new RestDescription(told.body());
            KNOWN.put(address.getAuthority(), description);
        }
        String method = response.request().method();
        String mediaType = response.headers().firstValue("content-type").orElse("");
        try {
            description
                    .misfits(method, address.getPath(), response.statusCode(), mediaType, response.body())
                    .forEach(misfit -> MISFITS.add(misfit.replaceAll("/\\d+/", "/*/")));
        } catch (SchemaException e) {
            MISFITS.add(method + " " + response.statusCode() + ": " + e.getMessage());
        }
    }
}
