package io.belfry.access;

import io.jsonwebtoken.Header;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.security.Jwk;
import io.jsonwebtoken.security.Jwks;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.Key;
import java.security.PublicKey;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The keys at a JWKS address, fetched every 30 s on a thread of their own: a new key is known half a minute after it is
 * published, and the last good set is kept while the address does not answer.
 */
final class JwksKeys implements TokenKeys {

    private static final Duration REFRESH = Duration.ofSeconds(30);
    private static final Logger LOG = System.getLogger(JwksKeys.class.getName());

    private final URI address;
    private final Callable<HttpResponse<String>> fetch;
    private final ScheduledExecutorService refresher = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "jwks-refresh");
        thread.setDaemon(true);
        return thread;
    });
    private volatile Map<String, Key> keys = Map.of();

    JwksKeys(URI address) {
        this(address, overHttp(address), REFRESH);
    }

    /** @param pause from the end of each fetch to the next */
    JwksKeys(URI address, Callable<HttpResponse<String>> fetch, Duration pause) {
        this.address = address;
        this.fetch = fetch;
        // An executor drops a task that throws, so refresh() handles whatever can go wrong.
        var unused = refresher.scheduleWithFixedDelay(this::refresh, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    static Callable<HttpResponse<String>> overHttp(URI address) {
        HttpClient http =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        return () -> http.send(
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build(), BodyHandlers.ofString());
    }

    @Override
    public @Nullable Key locate(Header header) {
        Map<String, Key> current = keys;
        if (current.isEmpty()) {
            throw new KeysUnavailableException();
        }
        String id = header instanceof JwsHeader jws ? jws.getKeyId() : null;
        if (id == null) {
            return current.size() == 1 ? current.values().iterator().next() : null;
        }
        return current.get(id);
    }

    @Override
    public boolean isReady() {
        return !keys.isEmpty();
    }

    private void refresh() {
        try {
            HttpResponse<String> answer = fetch.call();
            Map<String, Key> fetched = answer.statusCode() == 200 ? parse(answer.body()) : Map.of();
            if (fetched.isEmpty()) {
                LOG.log(Level.WARNING, "no usable keys at {0}: status {1}", address, answer.statusCode());
            } else {
                keys = fetched;
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "keys could not be fetched from {0}: {1}", address, e.toString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // an error, of the JVM or of linking
            LOG.log(Level.ERROR, "keys could not be fetched from " + address, e);
        }
    }

    private static Map<String, Key> parse(String jwks) {
        Map<String, Key> found = new HashMap<>();
        for (Jwk<?> jwk : Jwks.setParser()
                .json(new TokenJson.Reader())
                .build()
                .parse(jwks)
                .getKeys()) {
            if (jwk.toKey() instanceof PublicKey key && PublicKeys.isStrong(key)) {
                found.put(jwk.getId() == null ? "" : jwk.getId(), key);
            }
        }
        return Map.copyOf(found);
    }

    @Override
    public void close() {
        refresher.shutdownNow();
    }
}
