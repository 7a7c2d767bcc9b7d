package io.belfry.kit.http;

import com.networknt.schema.SchemaException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What the api says of itself, against every answer that any test got. Misfits are kept for one test to tell of, so that
 * a mistake in the description does not hide what else goes wrong. No answer waits for this: an api that is busy or going
 * away is slow to describe itself.
 */
public final class Descriptions {

    private static final String ADDRESS = "/v3/api-docs";
    private static final Map<String, RestDescription> KNOWN = new ConcurrentHashMap<>();
    private static final Set<String> MISFITS = new ConcurrentSkipListSet<>();
    private static final ExecutorService THREAD = Executors.newSingleThreadExecutor(task -> {
        Thread made = new Thread(task, "descriptions");
        made.setDaemon(true);
        return made;
    });

    private Descriptions() {}

    /** What did not fit of all answers so far, each kind once. */
    public static List<String> misfits() {
        CompletableFuture.runAsync(() -> {}, THREAD).join();
        return List.copyOf(MISFITS);
    }

    static void compareLater(HttpResponse<byte[]> response) {
        if (response.request().uri().getPath().startsWith("/api/") && response.statusCode() != 503) {
            THREAD.execute(() -> compare(response));
        }
    }

    private static void compare(HttpResponse<byte[]> response) {
        URI address = response.request().uri();
        String method = response.request().method();
        String mediaType = response.headers().firstValue("content-type").orElse("");
        try {
            RestDescription description = KNOWN.get(address.getAuthority());
            if (description == null) {
                Reply told = new ApiClient(address.resolve("/"), null).get(ADDRESS);
                if (told.status() != 200) {
                    return;
                }
                description = new RestDescription(told.body());
                KNOWN.put(address.getAuthority(), description);
            }
            description
                    .misfits(method, address.getPath(), response.statusCode(), mediaType, response.body())
                    .forEach(misfit -> MISFITS.add(misfit.replaceAll("/\\d+/", "/*/")));
        } catch (UncheckedIOException e) {
            // The api is gone since.
        } catch (SchemaException e) {
            MISFITS.add(method + " " + response.statusCode() + ": " + e.getMessage());
        }
    }
}
