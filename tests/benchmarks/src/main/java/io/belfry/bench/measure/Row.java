package io.belfry.bench.measure;

import java.util.List;
import java.util.Map;

/**
 * What one subject did with one load.
 *
 * @param scenario such as {@code S1}
 * @param subject who did it: Belfry, a floor, a peer with its version
 * @param load such as {@code 10,000 sockets, 350 B}
 * @param figures times, rates and sizes
 * @param cpuSeconds of each process over all rounds
 */
public record Row(String scenario, String subject, String load, List<Samples> figures, Map<String, Double> cpuSeconds) {

    public Row {
        figures = List.copyOf(figures);
    }

    /** The processes that used most of it first. */
    String cpu() {
        return cpuSeconds.entrySet().stream()
                .filter(each -> each.getValue() >= 0.005)
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(each -> each.getKey() + " " + Samples.text(each.getValue()))
                .reduce((some, next) -> some + ", " + next)
                .orElse("");
    }
}
