package io.belfry.kit.system;

import io.belfry.kit.http.ApiClient;
import io.belfry.localstack.system.Service;
import io.belfry.localstack.system.ServiceKind;
import java.net.URI;
import java.util.List;

/** What a service's own figures say at one moment. */
public final class Figures {

    private final List<String> lines;

    private Figures(List<String> lines) {
        this.lines = lines;
    }

    public static Figures of(Service service) {
        String path = service.kind() == ServiceKind.GATEWAY ? "/metrics" : "/actuator/prometheus";
        return at(service.managementPort(), path);
    }

    public static Figures at(int port, String path) {
        return new Figures(new ApiClient(URI.create("http://127.0.0.1:" + port), null)
                .get(path)
                .expect(200)
                .text()
                .lines()
                .toList());
    }

    /**
     * The sum over all labels but these; 0 if it has never been counted.
     *
     * @param labels as they are printed: {@code code="1001"}
     */
    public double sum(String name, String... labels) {
        return lines.stream()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .filter(line -> List.of(labels).stream().allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
