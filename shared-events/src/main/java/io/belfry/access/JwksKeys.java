package io.belfry.access;

import io.belfry.json.StrictJson;
import io.belfry.runtime.periodic.PeriodicTasks;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.security.Jwks;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.PublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The keys at a JWKS address, fetched every 30 s on a thread of their own: a new key is known half a minute after it is
 * published, and the last good set is kept while the address does not answer as it should.
 */
final class JwksKeys implements TokenKeys {

    /** Bytes of an answer that are read. */
    static final int MAX_ANSWER = 256 * 1024;

    private static final Duration REFRESH = Duration.ofSeconds(30);

    /** For the whole exchange, to the last byte. */
    private static final Duration EXCHANGE_LIMIT = Duration.ofSeconds(5);

    /** Each costs a signature's verification, and the token chooses how many fit. */
    private static final int MAX_CANDIDATES = 4;

    private static final int MAX_DEPTH = 8;
    private static final StrictJson JSON = StrictJson.ignoringUnknownFields();
    private static final Logger LOG = System.getLogger(JwksKeys.class.getName());

    /** @param id null = it has none */
    private record SigningKey(@Nullable String id, String algorithm, Key key) {}

    private final URI address;
    private final Callable<HttpResponse<byte[]>> fetch;
    private final PeriodicTasks refresher = new PeriodicTasks("jwks-refresh", 1);
    private volatile List<SigningKey> keys = List.of();

    JwksKeys(URI address) {
        this(address, overHttp(address, EXCHANGE_LIMIT), REFRESH);
    }

    /** @param pause from the end of each fetch to the next */
    JwksKeys(URI address, Callable<HttpResponse<byte[]>> fetch, Duration pause) {
        this.address = address;
        this.fetch = fetch;
        refresher.every(pause, this::refresh);
    }

    /** An exchange that is given up after this time, and after {@value #MAX_ANSWER} bytes. */
    static Callable<HttpResponse<byte[]>> overHttp(URI address, Duration limit) {
        HttpClient http = HttpClient.newBuilder().connectTimeout(limit).build();
        return () -> {
            // A request's own timeout ends with the answer's headers.
            CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                    HttpRequest.newBuilder(address).build(), headers -> bounded(new ByteArrayOutputStream()));
            try {
                return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                throw new IOException("not answered whole within " + limit, e);
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            } finally {
                answer.cancel(true); // closes the connection of one that is under way
            }
        };
    }

    /** Fails when it grows longer than it may; the JDK has such a thing from version 25 on. */
    private static BodySubscriber<byte[]> bounded(ByteArrayOutputStream body) {
        BodySubscriber<Void> reader = BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
            if (body.size() + bytes.length > MAX_ANSWER) {
                throw new IllegalStateException("longer than " + MAX_ANSWER + " bytes");
            }
            body.writeBytes(bytes);
        }));
        return BodySubscribers.mapping(reader, whole -> body.toByteArray());
    }

    /**
     * Those of its kind whose id is the token's; else those without an id; for a token without an id all of its kind. Ids
     * are the issuer's to give, and an encryption key or one of another kind may share one.
     */
    @Override
    public List<Key> candidates(String algorithm, @Nullable String id) {
        List<SigningKey> current = keys;
        if (current.isEmpty()) {
            throw new KeysUnavailableException();
        }
        List<SigningKey> fitting = current.stream()
                .filter(key -> key.algorithm().equals(algorithm))
                .toList();
        List<Key> named = only(fitting, key -> id == null || id.equals(key.id()));
        return named.isEmpty() ? only(fitting, key -> key.id() == null) : named;
    }

    private static List<Key> only(List<SigningKey> keys, Predicate<SigningKey> rule) {
        return keys.stream()
                .filter(rule)
                .map(SigningKey::key)
                .distinct()
                .limit(MAX_CANDIDATES)
                .toList();
    }

    @Override
    public boolean isReady() {
        return !keys.isEmpty();
    }

    private void refresh() {
        try {
            HttpResponse<byte[]> answer = fetch.call();
            List<SigningKey> fetched = answer.statusCode() == 200 ? parse(answer.body()) : List.of();
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

    /** Each by itself: jjwt's own set takes one key under two ids for one, and knows no difference between their uses. */
    private static List<SigningKey> parse(byte[] jwks) {
        List<SigningKey> found = new ArrayList<>();
        for (JsonNode jwk : JSON.parseObject(jwks, MAX_DEPTH).path("keys")) {
            PublicKey key = isForSignatures(jwk) ? publicKey(jwk) : null;
            if (key != null && PublicKeys.isStrong(key)) {
                String algorithm = key instanceof RSAPublicKey ? "RS256" : "ES256";
                if (jwk.path("alg").asString(algorithm).equals(algorithm)) {
                    found.add(new SigningKey(jwk.path("kid").asString(null), algorithm, key));
                }
            }
        }
        return List.copyOf(found);
    }

    // https://www.rfc-editor.org/rfc/rfc7517#section-4.2
    private static boolean isForSignatures(JsonNode jwk) {
        JsonNode operations = jwk.path("key_ops");
        return jwk.path("use").asString("sig").equals("sig")
                && (operations.isEmpty()
                        || operations
                                .valueStream()
                                .anyMatch(operation -> Objects.equals(operation.asString(), "verify")));
    }

    private static @Nullable PublicKey publicKey(JsonNode jwk) {
        try {
            String text = new String(JSON.write(jwk), StandardCharsets.UTF_8);
            return Jwks.parser()
                                    .json(new TokenJson.Reader())
                                    .build()
                                    .parse(text)
                                    .toKey()
                            instanceof PublicKey key
                    ? key
                    : null;
        } catch (JwtException | IllegalArgumentException e) {
            return null; // of a kind that is not known here; its neighbours are
        }
    }

    @Override
    public void close() {
        refresher.close();
    }
}
