package io.belfry.acceptance.watching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.belfry.kit.contract.Repository;
import io.belfry.kit.http.ApiClient;
import io.belfry.localstack.process.ChildProcess;
import io.belfry.localstack.process.Ports;
import io.belfry.localstack.process.ProcessSpec;
import io.belfry.localstack.process.Readiness;
import io.belfry.localstack.system.Service;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A Prometheus with the rules and jobs of ops/prometheus, in quick motion: it asks twice a second, looks 5 s back where
 * they look minutes back, and waits a second where they wait minutes; a lag of many seconds is one of more than one.
 */
final class Prometheus implements AutoCloseable {

    private final Path folder;
    private final ChildProcess process;
    private final ApiClient http;

    private Prometheus(Path folder, ChildProcess process, ApiClient http) {
        this.folder = folder;
        this.process = process;
        this.http = http;
    }

    /** @param folder emptied by the caller, for its files */
    static Prometheus start(Path folder, List<Service> services) throws IOException {
        Files.createDirectories(folder);
        String scrapes = Repository.read(Rules.SCRAPES).replaceAll("_interval: 15s", "_interval: 500ms");
        for (Service service : services) {
            String name = service.kind().title();
            scrapes = scrapes.replaceFirst(
                    "dns_sd_configs: \\[\\{names: \\[%s].*".formatted(name),
                    "file_sd_configs: [{files: [%s.json]}]".formatted(name));
            Files.writeString(
                    folder.resolve(name + ".json"),
                    "[{\"targets\": [\"127.0.0.1:%d\"]}]".formatted(service.managementPort()));
        }
        Path configuration = Files.writeString(folder.resolve("prometheus.yml"), scrapes);
        Files.writeString(
                folder.resolve("alerts.yml"),
                Repository.read(Rules.ALERTS)
                        .replaceAll("\\[\\d+m]", "[5s]")
                        .replaceAll("for: \\S+", "for: 1s")
                        .replaceAll("(lag_seconds\\)?) > \\d+", "$1 > 1"));
        int port = Ports.free();
        URI address = URI.create("http://127.0.0.1:" + port);
        ChildProcess process = new ChildProcess(
                new ProcessSpec(
                        "prometheus",
                        List.of(
                                "prometheus",
                                "--config.file=" + configuration.toAbsolutePath(),
                                "--storage.tsdb.path="
                                        + folder.resolve("data-" + port).toAbsolutePath(),
                                "--web.listen-address=127.0.0.1:" + port,
                                "--log.level=warn"),
                        Map.of(),
                        folder.toAbsolutePath(),
                        folder.toAbsolutePath().resolve("prometheus.log"),
                        "TERM",
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10)),
                Readiness.http(address.resolve("/-/ready")));
        process.start();
        return new Prometheus(folder, process, new ApiClient(address, null));
    }

    /** The series that an expression of the board or an alert gives now. */
    List<JsonNode> query(String expression) {
        String encoded = URLEncoder.encode(expression.replace("$__rate_interval", "30s"), StandardCharsets.UTF_8);
        return http.get("/api/v1/query?query=" + encoded).expect(200).body().at("/data/result").values().stream()
                .toList();
    }

    Set<String> metrics() {
        return http.get("/api/v1/label/__name__/values").expect(200).body().path("data").values().stream()
                .map(JsonNode::asString)
                .collect(Collectors.toSet());
    }

    /** The names of the alerts that fire now. */
    Set<String> firing() {
        return alerts().stream()
                .filter(alert -> alert.path("state").asString().equals("firing"))
                .map(alert -> alert.at("/labels/alertname").asString())
                .collect(Collectors.toSet());
    }

    /** As when the network's DNS knows no such service any more. */
    void forget(Service service) throws IOException {
        Files.writeString(folder.resolve(service.kind().title() + ".json"), "[]");
    }

    /**
     * Waits until each of these has fired, at one moment or another.
     *
     * @param fault made again a second later, as long as one has not
     */
    void awaitFired(Runnable fault, String... alerts) {
        Set<String> fired = new HashSet<>();
        await(String.join(", ", alerts)).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
            fault.run();
            fired.addAll(firing());
            assertThat(fired).contains(alerts);
        });
        assertThat(alerts()).extracting(JsonNode::toString).noneMatch(text -> text.contains("error expanding"));
    }

    private List<JsonNode> alerts() {
        return http.get("/api/v1/alerts").expect(200).body().at("/data/alerts").values().stream()
                .toList();
    }

    @Override
    public void close() {
        process.stop();
    }
}
