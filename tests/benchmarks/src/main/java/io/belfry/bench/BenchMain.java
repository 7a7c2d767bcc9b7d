package io.belfry.bench;

import io.belfry.bench.Bench.Subject;
import io.belfry.bench.load.CPrograms;
import io.belfry.bench.measure.Machine;
import io.belfry.bench.measure.Report;
import io.belfry.bench.scenarios.ColdStart;
import io.belfry.bench.scenarios.EndToEnd;
import io.belfry.bench.scenarios.FanOut;
import io.belfry.bench.scenarios.IdleSockets;
import io.belfry.bench.scenarios.KafkaHop;
import io.belfry.bench.scenarios.LargeCourse;
import io.belfry.bench.scenarios.Persisting;
import io.belfry.bench.scenarios.Reads;
import io.belfry.bench.scenarios.ReconnectStorm;
import io.belfry.bench.scenarios.Soak;
import io.belfry.bench.system.Systems;
import io.belfry.localstack.system.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs scenarios one after the other and writes one table of what came out. */
@Command(
        name = "./dev bench",
        description =
                "Measures what Belfry costs, beside what this machine can do at all and, if asked, what others cost.",
        footer = {"", "docs/performance.md says what each scenario is, and what came out."},
        mixinStandardHelpOptions = true)
public final class BenchMain implements Callable<Integer> {

    private static final int QUICK_MINUTES = 10;
    private static final int FULL_MINUTES = 120;

    /** Where it was called from: {@code ./dev} runs it in a copy of the checkout. */
    private static final Path CALLER = Path.of(System.getenv().getOrDefault("BELFRY_BENCH_CALLER", ""));

    private static final List<Scenario> SCENARIOS = List.of(
            new FanOut(),
            new IdleSockets(),
            new KafkaHop(),
            new ReconnectStorm(),
            new EndToEnd(),
            new Persisting(),
            new LargeCourse(),
            new Soak(),
            new Reads(),
            new ColdStart());

    @Option(names = "--quick", description = "smaller loads, fewer rounds")
    private boolean quick;

    @Option(
            names = "--peers",
            description = "the same jobs for nchan, Centrifugo, Socket.IO and a Django Channels system")
    private boolean peers;

    @Option(names = "--rounds", paramLabel = "<n>", description = "rounds of each figure (10; --quick: 5)")
    private @Nullable Integer rounds;

    @Option(
            names = "--against",
            paramLabel = "<checkout>",
            description = "another checkout that is built: the same for each of them, in turns")
    private List<Path> others = List.of();

    @Option(
            names = "--out",
            paramLabel = "<folder>",
            description = "for report.md, report.json, logs and data (${DEFAULT-VALUE})")
    private Path out = Path.of("target", "bench");

    @Parameters(paramLabel = "<scenario>", arity = "0..*", description = "such as S1; all without one")
    private List<String> wanted = List.of();

    private BenchMain() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new BenchMain())
                .setUsageHelpAutoWidth(true)
                .setOverwrittenOptionsAllowed(true) // ./dev names --out; the caller's comes after it
                .execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        // A scenario that hangs must not hang for ever; its processes end with this one.
        CompletableFuture.delayedExecutor(quick ? QUICK_MINUTES : FULL_MINUTES, TimeUnit.MINUTES)
                .execute(() -> System.exit(1));
        out = CALLER.resolve(out);
        Files.createDirectories(out);
        Report report = new Report(out, System.out, Machine.facts());
        List<Subject> subjects = new ArrayList<>(List.of(new Subject("Belfry", Checkout.current())));
        others.forEach(other ->
                subjects.add(new Subject("Belfry of " + other.getFileName(), Checkout.at(CALLER.resolve(other)))));
        int count = rounds != null ? rounds : quick ? 5 : 10;
        boolean whole = true;
        try (Systems systems = new Systems(out)) {
            CPrograms programs = CPrograms.compiledIn(out.resolve("c"));
            Bench bench = new Bench(out, programs, systems, report, subjects, quick, peers, count);
            for (Scenario scenario : SCENARIOS) {
                if (wanted.isEmpty() || wanted.contains(scenario.name().toUpperCase(Locale.ROOT))) {
                    System.out.println(scenario.title());
                    whole &= run(scenario, bench);
                    report.write();
                }
            }
        }
        System.out.println(report.markdown());
        return whole ? 0 : 1;
    }

    private static boolean run(Scenario scenario, Bench bench) {
        try {
            scenario.run(bench);
            return true;
        } catch (Exception failed) {
            bench.report().failed(scenario.title(), failed);
            return false;
        }
    }
}
