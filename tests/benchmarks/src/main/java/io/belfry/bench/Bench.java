package io.belfry.bench;

import io.belfry.bench.load.CPrograms;
import io.belfry.bench.measure.Report;
import io.belfry.bench.measure.Row;
import io.belfry.bench.measure.Samples;
import io.belfry.bench.system.Systems;
import io.belfry.localstack.system.Checkout;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What a scenario works with: how much of everything, who is measured, and where figures go.
 *
 * @param subjects builds of Belfry, measured in turns
 * @param rounds that count, of each figure
 */
public record Bench(
        Path out,
        CPrograms programs,
        Systems systems,
        Report report,
        List<Subject> subjects,
        boolean quick,
        boolean peers,
        int rounds) {

    /** A build of Belfry. */
    public record Subject(String name, Checkout checkout) {}

    /** One of two amounts: for a run of minutes, or for one that is written down. */
    public int size(int quickly, int fully) {
        return quick ? quickly : fully;
    }

    /** What another system cannot do is told, and ends no scenario. */
    public void tryOut(String peer, Runnable job) {
        try {
            job.run();
        } catch (RuntimeException failed) {
            report.failed(peer, failed);
        }
    }

    public void row(
            Scenario scenario, String subject, String load, List<Samples> figures, Map<String, Double> cpuSeconds) {
        report.add(scenario.title(), new Row(scenario.name(), subject, load, figures, cpuSeconds));
    }
}
