package io.belfry.localstack.process;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** How to find out that a process does its work: a question that is asked again and again until it is answered. */
@FunctionalInterface
public interface Readiness {

    /**
     * Asks once, for at most a few seconds.
     *
     * @throws Exception as long as it is not ready; the message says what is missing
     */
    void check() throws Exception;

    /** Ready when a GET is answered with 200. */
    static Readiness http(URI address) {
        HttpClient client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();
        HttpRequest request =
                HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(5)).build();
        return () -> {
            int status = client.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 200) {
                throw new IllegalStateException(address + " answers " + status);
            }
        };
    }
}
